-- Logs in with a password that logins_app.cpp knows.
wrk.method = "POST"
wrk.path = "/login"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '"correct horse"'
