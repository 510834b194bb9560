# SPDX-License-Identifier: Apache-2.0
"""A server on loopback that answers by a table of paths and records every request as it came."""
import http.server
import ssl
import threading


class Request:
    def __init__(self, method, path, headers):
        self.method, self.path, self.headers = method, path, headers

    def text(self):
        return f"{self.method} {self.path}\n{self.headers}"


class Server:
    """routes: path -> function(handler), or (status, headers, body)."""

    def __init__(self, routes, certificate=None, host="127.0.0.1"):
        self.routes, self.log = routes, []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.log.append(Request(self.command, self.path, self.headers))
                answer = outer.routes.get(self.path.partition("?")[0])
                if callable(answer):
                    self.close_connection = True
                    try:
                        answer(self)
                    except (BrokenPipeError, ConnectionResetError):
                        pass
                    return
                status, headers, body = answer or (404, {}, b"none")
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_HEAD = do_POST = do_PUT = do_GET

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer((host, 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        scheme = "http"
        if certificate:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.origin = f"{scheme}://{host}:{self.port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()
