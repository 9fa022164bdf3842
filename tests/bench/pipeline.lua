-- Sends 16 pipelined requests at a time.
init = function(args)
  local one = wrk.format()
  requests = string.rep(one, 16)
end

request = function()
  return requests
end
