-- Posts the model of item.hpp.
wrk.method = "POST"
wrk.path = "/items"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"name":"Espresso machine","description":"15 bar, steel","price":249.5,"tax":19.0,' ..
           '"tags":["kitchen","coffee"],"makers":[{"name":"Acme","country":"IT"}]}'
