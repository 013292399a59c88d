"""A homeserver on loopback for the tests, and people who use it: Synapse, and matrix-nio; neither is of this project.

    python serve.py FOLDER READY

FOLDER holds all that the homeserver keeps, and may be thrown away after. Once both answer, the file READY holds
{"homeserver": "http://127.0.0.1:…", "people": "http://127.0.0.1:…"}. Ends, with both, by SIGTERM. The head of people.py
says how people are spoken with. The homeserver is as strict as it usually is, but for how often things may be done.
"""

import asyncio
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import yaml

from people import People

SERVER_NAME = "exodus.test"
UNLIMITED = {"per_second": 100_000, "burst_count": 100_000}
LOG = {
    "version": 1,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
    "root": {"level": "WARNING", "handlers": ["out"]},
}


def config(folder: Path, port: int, shared_secret: str) -> dict:
    """What stands in the homeserver's own file."""
    return {
        "server_name": SERVER_NAME,
        "pid_file": str(folder / "homeserver.pid"),
        "listeners": [
            {
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "tls": False,
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "log_config": str(folder / "log.yaml"),
        "signing_key_path": str(folder / "signing.key"),
        "macaroon_secret_key": secrets.token_hex(16),
        "form_secret": secrets.token_hex(16),
        "registration_shared_secret": shared_secret,
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "bcrypt_rounds": 4,
        "report_stats": False,
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "user_directory": {"enabled": False},
        "presence": {"enabled": False},
        "url_preview_enabled": False,
        "push": {"enabled": False},
        "stats": {"enabled": False},
        "enable_room_list_search": False,
        "user_ips_max_age": None,
        "caches": {"sync_response_cache_duration": "0s"},
        "rc_message": UNLIMITED,
        "rc_registration": UNLIMITED,
        "rc_login": {"address": UNLIMITED, "account": UNLIMITED, "failed_attempts": UNLIMITED},
        "rc_joins": {"local": UNLIMITED, "remote": UNLIMITED},
        "rc_joins_per_room": UNLIMITED,
        "rc_invites": {"per_room": UNLIMITED, "per_user": UNLIMITED, "per_issuer": UNLIMITED},
        "rc_room_creation": UNLIMITED,
        "rc_media_create": UNLIMITED,
        "rc_admin_redaction": UNLIMITED,
    }


def free_port() -> int:
    """A port that is free now, below the range that outgoing connections take theirs from."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


async def answers(homeserver: str, process: subprocess.Popen) -> bool:
    """Waits until the homeserver answers; whether it did before it ended."""
    async with aiohttp.ClientSession() as session:
        while process.poll() is None:
            try:
                async with session.get(f"{homeserver}/_matrix/client/versions") as answer:
                    # Another program on this port would be another server.
                    return answer.status == 200 and "v1.1" in (await answer.json())["versions"] and process.poll() is None
            except (aiohttp.ClientError, ValueError, KeyError):
                await asyncio.sleep(0.05)
    return False


async def start_homeserver(folder: Path, shared_secret: str) -> tuple[str, subprocess.Popen]:
    """Starts Synapse on a free port. Another program may take the port meanwhile: then the next one is tried."""
    file = folder / "homeserver.yaml"
    (folder / "log.yaml").write_text(yaml.safe_dump(LOG))
    synapse = [sys.executable, "-m", "synapse.app.homeserver", "--config-path", str(file)]
    for _ in range(20):
        port = free_port()
        file.write_text(yaml.safe_dump(config(folder, port, shared_secret)))
        subprocess.run([*synapse, "--generate-keys"], cwd=folder, check=True, stdin=subprocess.DEVNULL)
        # It dies with this program, however that ends.
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", "--", *synapse], cwd=folder, stdin=subprocess.DEVNULL
        )
        homeserver = f"http://127.0.0.1:{port}"
        if await answers(homeserver, process):
            return homeserver, process
        process.kill()
        process.wait()
    raise SystemExit("Synapse does not start (see above)")


async def main(folder: Path, ready: Path) -> None:
    shared_secret = secrets.token_hex(16)
    homeserver, process = await start_homeserver(folder, shared_secret)
    people = People(homeserver, shared_secret)
    address = await people.listen()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    partial = ready.with_suffix(".partial")
    partial.write_text(json.dumps({"homeserver": homeserver, "people": address}))
    os.replace(partial, ready)
    await stop.wait()
    await people.close()
    process.kill()
    process.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
