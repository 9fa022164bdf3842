-- Waits between the requests of a connection, so that the server is mostly idle.
function delay()
  return 5
end
