import { breakAsNothing, breakAsSpace } from './pasted-breaks.js'

/**
 * What a text says, piece by piece and as it may have been meant: the lines of one entry of a log, of a paragraph or
 * of a string in JSON, each joined with marks where it was broken. The reading that is likelier stands first.
 */
export type Piece = readonly string[]

/** Colours, frames, the beginnings of log lines, JSON and its escapes are taken off. */
export function piecesIn(text: string, depth = 3): readonly Piece[] {
  const lines = text
    .replace(colours, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(frame, ''))
  const whole = depth > 0 ? saidInJson(lines) : undefined
  if (whole !== undefined) return whole.flatMap((said) => piecesIn(said, depth - 1))
  return entriesIn(lines).flatMap((entry) => {
    const said = depth > 0 ? (saidInJson(entry) ?? saidBehindWords(entry)) : undefined
    return said === undefined
      ? [readings(entry.flatMap(unescaped))]
      : said.flatMap((one) => piecesIn(one, depth - 1))
  })
}

/** The text as a person may read it: without what drives a terminal. */
export const withoutColours = (text: string) => text.replace(colours, '').replace(/\r\n?/g, '\n').trim()

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of a terminal are what is looked for
const colours = /\u001b\[[0-?]*[ -/]*[@-~]/g
/** Terraform draws a line at the left of its errors. */
const frame = /^\s*[│╷╵┃|>]+ ?/

/** Paragraphs and entries of a log: a blank line ends one, and so does a line that looks like the next one. */
function entriesIn(lines: readonly string[]): readonly (readonly string[])[] {
  const entries: string[][] = [[]]
  let lastPrefix = ''
  for (const line of lines) {
    const [prefix = ''] = logPrefix.exec(line) ?? []
    // A tool that logs by the line begins each part of a broken message alike.
    const shape = prefix.replace(/[0-9a-f]+/g, '0').trim()
    const rest = line.slice(prefix.length)
    const next = entryBegins.test(rest.trim()) || (prefix !== '' && shape !== lastPrefix)
    if (rest.trim() === '' || next) entries.push([])
    if (rest.trim() !== '') entries.at(-1)?.push(rest)
    if (prefix !== '' || rest.trim() === '') lastPrefix = shape
  }
  return entries.filter((entry) => entry.length > 0)
}

const time = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: [AP]M)?`
const level = 'INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL'
const marker = String.raw`\[?(?:${time}|(?:${level})\b)\]?:?(?=[\s|])`
const requestId = String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\s+(?:${level})\b)`
/** Time and level, then perhaps the id of a request and the status of a resource. */
const logPrefix = new RegExp(
  String.raw`^\s*${marker}(?:(?:[\s|]| - )+(?:${marker}|${requestId}|[A-Z]+_[A-Z_]+\b))*(?: *\| ?| - |: |\s)?`,
)
const entryBegins =
  /^(?:at (?:\S+ )?\S+ ?\(.*\)(?: \{)?$|at \S+:\d+:\d+(?: \{)?$|File "|Traceback|An error occurred \(|Error: |on \S+ line \d|with [\w.[\]"-]+,$|\$ )/

/** The lines as one, and each for itself: lines of one entry may belong together or not. */
function readings(entry: readonly string[]): readonly string[] {
  if (entry.length === 1) return entry.map(tidy)
  const width = Math.max(...entry.map((line) => line.length))
  // A terminal breaks where the line is full; blanks at its end are lost when it is copied.
  const full = entry.slice(entry.length > 3 ? 1 : 0, -1).every((line) => line.length >= width - 1)
  // Where no line has a blank at an end, they were lost.
  const exact = full && entry.length > 2 && entry.some((line) => line.trim() !== line)
  const joined = tidy(
    entry.slice(1).reduce((before, line, index) => {
      const last = entry[index] ?? ''
      const blank = /\s$/.test(last) || /^\s/.test(line)
      const filled = exact && last.length === width
      const cut = filled || (/(?:arn:|:\/\/)\S*$/.test(last) && !/\s/.test(line.trim()))
      return `${before.trimEnd()}${cut && !blank ? breakAsNothing : breakAsSpace}${line.trim()}`
    }, entry[0] ?? ''),
  )
  return [joined, ...entry.map(tidy)]
}

/** One blank for several, and without the quotes that a person or a shell put around the whole. */
function tidy(text: string): string {
  const plain = text.replace(/[^\S\n\v]+/g, ' ').trim()
  return /^(["'`“‘]).*["'`”’]$/s.test(plain) ? plain.slice(1, -1).trim() : plain
}

/** Escapes of a string in JSON that is no complete JSON any more. */
const unescaped = (line: string) => line.replaceAll('\\"', '"').split(/\\n/)

/** What the strings in a text of JSON say; undefined: it is none. */
function saidInJson(lines: readonly string[]): readonly string[] | undefined {
  const text = mendedJson(lines.join('\n').trim().replace(/,$/, ''))
  const said = /^["[{]/.test(text) ? stringsIn(parsed(text)) : []
  return said.length > 0 ? said : undefined
}

/** The same where JSON stands at the end of an entry. */
function saidBehindWords(lines: readonly string[]): readonly string[] | undefined {
  const text = lines.join('\n')
  const at = text.indexOf('{')
  const said = at > 0 ? saidInJson([text.slice(at)]) : undefined
  return said && [text.slice(0, at), ...said]
}

/** A terminal breaks JSON anywhere, even within its strings and escapes. */
const mendedJson = (text: string) =>
  text
    .replace(/\\\n\s*/g, '\\')
    .replace(/"(?:\\.|[^"\\])*(?:"|$)/gs, (string) => string.replaceAll('\n', '\\n').replaceAll('\t', '\\t'))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every string; the name of an error stands before its message, as people write it. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
  const textOf = (names: RegExp) =>
    members.flatMap(([name, one]) => (names.test(name) && typeof one === 'string' ? [one] : []))[0]
  const name = textOf(/^(?:errorCode|errorType|code|name|__type)$/i)?.replace(/^.*#/, '')
  const message = textOf(/^(?:errorMessage|message)$/i)
  const told = name !== undefined && message !== undefined ? [`${name}: ${message}`] : []
  const others = members.flatMap(([, one]) => (told.length > 0 && one === message ? [] : stringsIn(one)))
  return [...told, ...others]
}
