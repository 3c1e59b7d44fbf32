import { jsonText } from '../json-text.js'

export type Written = string | number | boolean | readonly string[] | Readonly<Record<string, string>>

/** Settings as lines of YAML, indented. */
export function settingLines(settings: ReadonlyMap<string, Written>, indent: number): readonly string[] {
  const lead = ' '.repeat(indent)
  return [...settings].flatMap(([key, value]) => {
    if (typeof value !== 'object')
      return [`${lead}${key}: ${typeof value === 'string' ? wordOf(value) : value}`]
    const inner = Array.isArray(value)
      ? value.map((one: string) => `- ${quoted(one)}`)
      : Object.entries(value).map(([name, text]) => `${wordOf(name)}: ${wordOf(text)}`)
    return [`${lead}${key}:`, ...inner.map((line) => `${lead}  ${line}`)]
  })
}

/** A text that YAML reads back as it is: bare where that is safe, otherwise in quotes. */
export function wordOf(text: string): string {
  const bare = /^[A-Za-z_][\w./@=+-]*(?::[\w./$@=+-]+)*$/.test(text)
  return bare && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : jsonText(text)
}

/** A pattern holds double quotes: in single ones it can be read. */
const quoted = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : jsonText(text)
