"""The servers under test, each with one worker on one processor, over the same files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

SERVER_CPU = 0
_BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_START_SECONDS = 20
_STOP_SECONDS = 10

_NGINX = """\
{head}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types;
  charset utf-8;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=1000 inactive=60s;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  {precompressed}
  server {{
    listen 127.0.0.1:{port};
    root {files};
    error_page 404 /404.html;
    add_header Cache-Control "public, max-age=0, must-revalidate" always;
    add_header X-Content-Type-Options nosniff always;
  }}
}}
"""

_CADDY = """\
{{
  admin off
  auto_https off
}}
http://:{port} {{
  bind 127.0.0.1
  root * {files}
  header Cache-Control "public, max-age=0, must-revalidate"
  header X-Content-Type-Options nosniff
  file_server {{
    precompressed br
  }}
  handle_errors {{
    rewrite * /404.html
    file_server
  }}
}}
"""

_PECTIN = """\
name = "bench"
title = "Bench"
url = "https://bench.example"
"""


@dataclass(frozen=True, slots=True)
class Server:
    """How to start a server, and where it then listens. `host` is the Host field to send."""

    name: str
    command: tuple[str, ...]
    port: int
    host: str
    environment: Mapping[str, str] = field(default_factory=dict)


def missing_parts() -> list[str]:
    """What must be installed before this benchmark runs, as sentences; empty when all is there."""
    packages = {"nginx": "nginx", "caddy": "caddy", "wrk": "wrk", "taskset": "util-linux"}
    return [
        f"{program} is missing: apt-get install {package}"
        for program, package in packages.items()
        if shutil.which(program, path=_search_path()) is None
    ]


def has_brotli_module() -> bool:
    """Whether Debian's libnginx-mod-http-brotli-static is installed."""
    return _BROTLI_MODULE.exists()


def plan_nginx(folder: Path, files: Path) -> Server:
    """Nginx over `files`, with its configuration in `folder`. Without the module, no Brotli."""
    port = _free_port()
    head = ["user root;"] if os.geteuid() == 0 else []
    head += [f"load_module {_BROTLI_MODULE};"] if has_brotli_module() else []
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _NGINX.format(
            head="\n".join(head),
            port=port,
            files=files,
            precompressed="brotli_static on;" if has_brotli_module() else "",
        )
    )
    command = (_program("nginx"), "-p", str(folder), "-c", str(configuration), "-e", "stderr")
    return Server("nginx", command, port, f"127.0.0.1:{port}")


def plan_caddy(folder: Path, files: Path) -> Server:
    """Caddy over `files`, with its configuration and what it keeps in `folder`."""
    port = _free_port()
    configuration = folder / "Caddyfile"
    configuration.write_text(_CADDY.format(port=port, files=files))
    return Server(
        "Caddy",
        (_program("caddy"), "run", "--config", str(configuration), "--adapter", "caddyfile"),
        port,
        f"127.0.0.1:{port}",
        {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)},
    )


def plan_pectin(store: Path, *, workers: int = 1) -> Server:
    """`pectin serve` over what was published as site `bench` into `store`."""
    port = _free_port()
    arguments = ("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers))
    return Server(
        "Pectin",
        (_pectin(), "serve", "--store", str(store), *arguments),
        port,
        f"bench.localhost:{port}",
    )


def publish_files(source: Path, store: Path, not_found: bytes) -> None:
    """Publish `source`, whose `static/` has the files, as site `bench` into `store`."""
    (source / "pectin.toml").write_text(_PECTIN)
    (source / "templates").mkdir()
    (source / "templates" / "404.html").write_bytes(not_found)
    command = [_pectin(), "publish", "--source", str(source), "--store", str(store)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(server: Server, *, pinned: bool = True) -> Iterator[int]:
    """The id of the server's first process, once it answers; it is ended afterwards."""
    pin = ("taskset", "--cpu-list", str(SERVER_CPU)) if pinned else ()
    process = subprocess.Popen(
        [*pin, *server.command],
        env={**os.environ, **server.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_until_answering(server, process)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def connect(server: Server) -> HTTPConnection:
    """A connection to the server."""
    return HTTPConnection("127.0.0.1", server.port, timeout=_START_SECONDS)


def _wait_until_answering(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = connect(server)
            connection.request("GET", "/", headers={"Host": server.host})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            connection.close()
            return
    process.kill()
    said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    raise SystemExit(f"{server.name} did not start: {' '.join(server.command)}\n{said}")


def _program(name: str) -> str:
    found = shutil.which(name, path=_search_path())
    if found is None:
        raise SystemExit("\n".join(missing_parts()))
    return found


def _search_path() -> str:
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])


def _pectin() -> str:
    return str(Path(sys.executable).with_name("pectin"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
