"""Which data a notification of a data breach tells apart."""

from agreements.policy.catalogue import load_catalogue
from agreements.registers.classes import class_of
from audit import ports


def test_every_field_has_a_class_and_health_police_and_secrecy_are_told_apart() -> None:
    classes = {field.code: class_of(field.code) for field in load_catalogue().fields}

    assert all(one is not None and one.label for one in classes.values())
    special = {one.code for one in classes.values() if one and one.is_special}
    ordinary = {one.code for one in classes.values() if one and not one.is_special}
    assert special >= {"s", "c", "w8", "m"}
    assert ordinary == {"o", "n"}
    assert class_of("zqx") is None
    assert ports.class_of("full_name") == class_of("full_name")
