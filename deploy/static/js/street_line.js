/* The line to the server: a ticket, a socket, hello with the cursor, and again when it breaks; never a poll.
   It knows nothing of messages but that each names the one before it. Protocol: docs/kanalen-protocol.md. */
(() => {
  "use strict";
  const SUBPROTOCOL = "verbond.street.1";
  const FIRST_PAUSE = 500;
  const LONGEST_PAUSE = 30000;
  const SILENCE = 16000; // ms without a frame; the server speaks every five seconds
  const ANSWER = 8000;
  const [NOT_SIGNED_IN, ENDED, NOT_YOURS, BAD_FRAME, TOO_FAST] = [4401, 4403, 4404, 4400, 4429];

  /* on: {hello() → {after, view}, open(), frame(frame), down(), ended(sentence), signedOut()} */
  const line = ({ path, on, cookie = "csrftoken" }) => {
    let socket = null;
    let pause = FIRST_PAUSE;
    let timer = 0;
    let silence = 0;
    let isOver = false;
    let isAsking = false;
    let said = "";

    const token = () => {
      const found = document.cookie.split("; ").find((one) => one.startsWith(`${cookie}=`));
      const field = document.querySelector("#straat [name=csrfmiddlewaretoken]");
      return found ? found.slice(cookie.length + 1) : field ? field.value : "";
    };
    const later = (least = 0) => {
      if (isOver) return;
      clearTimeout(timer);
      /* Jitter: a thousand phones that lost the same server must not come back at the same moment. */
      timer = setTimeout(connect, Math.max(least, pause) * (0.5 + Math.random()));
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    };
    const over = (tell, ...what) => { isOver = true; clearTimeout(timer); drop(); tell(...what); };
    const drop = () => {
      clearTimeout(silence);
      const old = socket;
      socket = null;
      if (!old) return;
      old.onopen = old.onmessage = old.onclose = null;
      try { old.close(1000); } catch { /* it was closed already */ }
    };
    const down = (least) => { drop(); on.down(); later(least); };
    const heard = () => { clearTimeout(silence); silence = setTimeout(() => down(), SILENCE); };

    /* The ticket, or null when the line must wait; it ends the line when the channel or the session is gone. */
    const ticket = async () => {
      let answer;
      try {
        answer = await fetch(path, {
          method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, cache: "no-store",
          redirect: "manual", signal: AbortSignal.timeout(ANSWER),
        });
      } catch { return null; }
      if (isOver) return null;
      if (answer.type === "opaqueredirect" || answer.status === 401) { over(on.signedOut); return null; }
      if (answer.status === 404) { over(on.ended, said); return null; }
      if (!answer.ok) return null;
      try { return await answer.json(); } catch { return null; }
    };

    const connect = async () => {
      clearTimeout(timer);
      if (isOver || socket || isAsking) return;
      if (navigator.onLine === false) return; // the event `online` comes back here
      isAsking = true;
      const found = await ticket();
      isAsking = false;
      if (isOver || socket) return;
      if (!found) { on.down(); later(); return; }
      const scheme = location.protocol === "https:" ? "wss:" : "ws:";
      socket = new WebSocket(`${scheme}//${location.host}${found.path}`, SUBPROTOCOL);
      heard();
      socket.onopen = () => { hello({ ticket: found.ticket }); on.open(); };
      socket.onmessage = (event) => {
        let frame;
        try { frame = JSON.parse(event.data); } catch { return; }
        heard();
        if (frame.type === "head") pause = FIRST_PAUSE;
        if (frame.type === "revoked") said = frame.said || "";
        on.frame(frame);
      };
      socket.onclose = (event) => {
        if (event.code === ENDED || event.code === NOT_YOURS) return over(on.ended, said);
        down(event.code === TOO_FAST || event.code === BAD_FRAME ? 10000 : event.code === NOT_SIGNED_IN ? 1000 : 0);
      };
    };
    const send = (frame) => {
      if (!socket || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    };
    const hello = (extra = {}) => send({ type: "hello", ...on.hello(), ...extra });
    const now = () => { pause = FIRST_PAUSE; connect(); };

    addEventListener("online", now);
    addEventListener("offline", () => { if (isOver) return; clearTimeout(timer); drop(); on.down(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") now(); });
    addEventListener("pageshow", (event) => { if (event.persisted) now(); });
    return { connect: now, send, hello, again: () => down(), close: () => over(() => {}), isOpen: () => Boolean(socket && socket.readyState === WebSocket.OPEN) };
  };
  window.street = Object.assign(window.street || {}, { line });
})();
