import { jsonText } from '../json-text.js'

/** What a value that is no text, number, list or object stands for; undefined: it is an object like any other. */
type Expression = (value: object) => string | undefined

const none: Expression = () => undefined

/** A value of Terraform, laid out as `terraform fmt` does; the first line follows the sign of equality. */
export function hclLines(value: unknown, expression: Expression = none): readonly string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    const items = value.flatMap((item) => {
      const lines = hclLines(item, expression)
      return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line))
    })
    return ['[', ...items.map((line) => `  ${line}`), ']']
  }
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (typeof value !== 'object' || value === null) return [quoted(String(value))]
  const written = expression(value)
  return written === undefined
    ? ['{', ...hclMembers(value, expression).map((line) => `  ${line}`), '}']
    : [written]
}

/** Neighbours on one line each are aligned; what needs several lines stands by itself. */
function hclMembers(object: object, expression: Expression = none): readonly string[] {
  const lines: string[] = []
  let run: (readonly [string, string])[] = []
  const flush = () => {
    lines.push(...aligned(run))
    run = []
  }
  for (const [key, value] of Object.entries(object)) {
    const name = /^[A-Za-z]\w*$/.test(key) ? key : quoted(key)
    const [only = '', ...others] = hclLines(value, expression)
    if (others.length === 0) run.push([name, only])
    else {
      flush()
      lines.push(...assignment(name, [only, ...others]))
    }
  }
  flush()
  return lines
}

/** `jsonencode` of an object: the braces share their lines with it. */
export function jsonEncoded(value: object, expression: Expression = none): readonly string[] {
  return hclLines(value, expression)
    .join('\n')
    .replace(/^\{/, 'jsonencode({')
    .replace(/\}$/, '})')
    .split('\n')
}

export function aligned(entries: readonly (readonly [name: string, value: string])[]): readonly string[] {
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${name.padEnd(width)} = ${value}`)
}

export function assignment(name: string, [first = '', ...others]: readonly string[]): readonly string[] {
  return [`${name} = ${first}`, ...others]
}

export const indented = (lines: readonly string[]) => lines.map((line) => line && `  ${line}`).join('\n')

/** The inside of a quoted text. In HCL `${` and `%{` begin a template; IAM's own variables look like the first. The sign is doubled. */
export const escaped = (text: string) =>
  jsonText(text)
    .slice(1, -1)
    .replace(/[$%](?=\{)/g, (sign) => sign + sign)
    // HCL has neither \b nor \f, and all the others that JSON has. A backslash of the text is escaped, too, and stays.
    .replace(/\\(.)/g, (pair, letter: string) => unknownToHcl[letter] ?? pair)

const unknownToHcl: Readonly<Record<string, string>> = { b: String.raw`\u0008`, f: String.raw`\u000c` }

export const quoted = (text: string) => `"${escaped(text)}"`
