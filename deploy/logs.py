"""Log lines as JSON. Only named fields leave, so that no personal data slips in with an argument."""

import asyncio
import json
import logging

ALLOWED = ("route", "method", "status", "ms", "code", "event")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the allowed extras."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`; an exception adds its type and place, never its values."""
        line: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage()
            if not record.exc_info
            else record.msg
            if isinstance(record.msg, str)
            else "",
        }
        line.update({name: getattr(record, name) for name in ALLOWED if hasattr(record, name)})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            places = []
            while trace:
                code = trace.tb_frame.f_code
                places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            line["places"] = places[-8:]
        return json.dumps(line, ensure_ascii=False)


class NotWhoLeft(logging.Filter):
    """Drops what asyncio says of a request whose sender left while it was answered: nothing failed.

    Django cancels such a request (5.0, "Handling disconnects"); its thread ends later, with a result for nobody.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """False for such a record."""
        gone = record.exc_info and record.exc_info[0] and issubclass(record.exc_info[0], asyncio.CancelledError)
        return not (record.name == "asyncio" and gone)
