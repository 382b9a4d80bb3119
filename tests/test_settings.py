"""Settings: what is believed, what is refused, and that a refusal names everything at once."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from chatsphere import keys
from chatsphere.settings import Settings, SettingsError, load


def read(tmp_path: Path, /, **spoken: str) -> Settings:
    names = {"DATA_DIR": str(tmp_path / "data"), **spoken}
    return load({f"CHATSPHERE_{name}": value for name, value in names.items()}, tmp_path / ".env")


def faults_of(tmp_path: Path, /, **spoken: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **spoken)
    return refused.value.faults


def test_nothing_set_is_enough(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port, settings.signup, settings.rate_limits) == ("127.0.0.1", 8000, "open", True)
    assert settings.database_url == f"sqlite:///{tmp_path}/data/chatsphere.db"
    assert settings.storage_url == f"file://{tmp_path}/data/media"
    assert settings.redis_url is None
    assert settings.max_upload_bytes == 25 * 1024 * 1024


def test_without_a_base_url_every_loopback_name_is_ours(tmp_path: Path) -> None:
    origins = read(tmp_path, PORT="8123").origins()
    assert origins == {"http://127.0.0.1:8123", "http://localhost:8123", "http://[::1]:8123"}


def test_with_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    settings = read(tmp_path, BASE_URL="https://Chat.Example.org:443/")
    assert settings.origins() == {"https://chat.example.org"}
    assert (settings.secure, settings.cookie_name) == (True, "__Host-chatsphere")
    assert read(tmp_path).cookie_name == "chatsphere"


def test_an_empty_value_is_as_good_as_none(tmp_path: Path) -> None:
    assert read(tmp_path, REDIS_URL="", PORT="").port == 8000


def test_a_dotenv_file_speaks_where_the_environment_is_silent(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHATSPHERE_PORT=9000\nCHATSPHERE_SIGNUP=closed\nOTHER=1\n")
    settings = read(tmp_path, PORT="9001")
    assert (settings.port, settings.signup) == (9001, "closed")


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    assert read(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == "k" * 40


def test_a_value_and_its_file_twin_contradict_each_other(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40)
    faults = faults_of(tmp_path, SECRET_KEY="s" * 40, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert faults == ["CHATSPHERE_SECRET_KEY_FILE and its _FILE twin are both set; keep one."]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        PORT="70000",
        SIGNUP="maybe",
        COLOUR="blue",
        GOOGLE_CLIENT_ID="x",
        REDIS_URL="http://x",
        SMTP_URL_FILE=str(tmp_path / "gone"),
        MAIL_FROM="chat@example.org",
    )
    text = "\n".join(faults)
    for name in ("PORT:", "SIGNUP:", "COLOUR is not", "GOOGLE_CLIENT_SECRET is missing", "REDIS_URL:", "SMTP_URL_FILE"):
        assert f"CHATSPHERE_{name}" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:p@h/d"),
        ("DATABASE_URL", "mysql://u:p@h/d"),
        ("DATABASE_URL", "mysql+pymysql://u:p@h"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "nonsense"),
        ("STORAGE_URL", "ftp://x/y"),
        ("STORAGE_URL", "file://relative"),
        ("STORAGE_URL", "file:///no/such/place"),
        ("BASE_URL", "chat.example.org"),
        ("BASE_URL", "https://chat.example.org/sub"),
        ("BASE_URL", "https://chat.example.org:99999"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("OIDC_ISSUER", "http://login.example.org"),
        ("SECRET_KEY", "short"),
        ("RATE_LIMITS", "perhaps"),
        ("MAX_UPLOAD_MB", "0"),
        ("DATA_DIR", "/no/such/place/at/all"),
    ],
)
def test_a_bad_value_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    faults = faults_of(tmp_path, **{name: value})
    assert any(fault.startswith(f"CHATSPHERE_{name}: ") for fault in faults)


def test_a_fault_does_not_repeat_a_secret(tmp_path: Path) -> None:
    assert "hunter2" not in "\n".join(faults_of(tmp_path, SECRET_KEY="hunter2", REDIS_URL="x://hunter2@h"))
    assert "hunter2" not in repr(read(tmp_path, REDIS_URL="redis://:hunter2@localhost"))


def test_proxies_may_be_several(tmp_path: Path) -> None:
    assert read(tmp_path, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8").trusted_proxies == ("127.0.0.1", "10.0.0.0/8")


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    kept = tmp_path / "data" / "secret_key"
    assert read(tmp_path).secret_key == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        made = pool.map(keys.kept, [tmp_path / "secret_key"] * 16)
    assert len(set(made)) == 1


def test_an_emptied_key_file_is_a_fault_not_an_empty_key(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret_key").write_text("")
    assert "no usable key" in faults_of(tmp_path)[0]
