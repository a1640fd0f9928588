-- Reads one text after the other, so that pandoc is started once for many briefs.
-- A question is a line with the name of a format and the number of bytes, and the bytes; the answer is a
-- line with two numbers of bytes, and pandoc's document and its log as JSON. A fault is told as a line
-- with "fault" and a number of bytes, and its text. With an empty environment nothing can be included.

-- Columns are those of the command: they say how wide a table must be to have widths.
local function answer(form, text)
  local log, document = pandoc.log.silence(pandoc.read, text, form, {columns = 72}, {})
  return pandoc.write(document, 'json'), pandoc.json.encode(log)
end

for line in io.lines() do
  local form, size = line:match('^(%S+) (%d+)$')
  local text = tonumber(size) > 0 and io.read(tonumber(size)) or ''
  local worked, document, log = pcall(answer, form, text)
  if worked then
    io.write(#document, ' ', #log, '\n', document, log)
  else
    local fault = tostring(document)
    io.write('fault ', #fault, '\n', fault)
  end
  io.flush()
end
