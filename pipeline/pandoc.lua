-- Reads one text after the other, so that pandoc is started once for many briefs.
-- A question is a line with the name of a format and the number of bytes, and the bytes; the answer is a
-- line with two numbers of bytes, and pandoc's document and its log as JSON. A fault is told as a line
-- with "fault" and a number of bytes, and its text. With an empty environment nothing can be included.
-- Asked for "citeproc", it takes a document as JSON and renders the citations in it.

-- Columns are those of the command: they say how wide a table must be to have widths.
local function read(form, text)
  local log, document = pandoc.log.silence(pandoc.read, text, form, {columns = 72}, {})
  return pandoc.write(document, 'json'), pandoc.json.encode(log)
end

-- Formulas in titles become the characters that stand for them.
local function plain_formula(formula)
  return pandoc.Str((pandoc.write(pandoc.Pandoc({pandoc.Plain({formula})}), 'plain'):gsub('%s+$', '')))
end

local function cite(text)
  local log, document = pandoc.log.silence(pandoc.utils.citeproc, pandoc.read(text, 'json'))
  return pandoc.write(document:walk({Math = plain_formula}), 'json'), pandoc.json.encode(log)
end

local function answer(form, text)
  if form == 'citeproc' then
    return cite(text)
  end
  return read(form, text)
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
