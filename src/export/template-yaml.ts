import { jsonText } from '../json-text.js'

/**
 * A template as YAML, in blocks. Every text but a plain word is quoted as in JSON, which YAML reads alike; one of several
 * lines stands below its key as it is.
 */
export const templateYaml = (template: Readonly<Record<string, unknown>>): string =>
  blockOf(template).join('\n')

function blockOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = '', ...others] = blockOf(item)
      return [`- ${first}`, ...others.map(indented)]
    })
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => entry(plain(key) ? key : jsonText(key), member))
  }
  return [typeof value === 'string' && plain(value) ? value : jsonText(value)]
}

function entry(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string' && value.endsWith('\n')) {
    const lines = value.slice(0, -1).split('\n')
    return [`${name}: |`, ...lines.map((line) => (line === '' ? '' : indented(line)))]
  }
  const [only = '', ...more] = blockOf(value)
  const nested = typeof value === 'object' && value !== null
  return nested ? [`${name}:`, ...[only, ...more].map(indented)] : [`${name}: ${only}`]
}

const indented = (line: string) => (line === '' ? '' : `  ${line}`)

/** `Yes`, `No`, `null` and the like are words, too, and mean something else. */
const plain = (text: string) =>
  /^[A-Za-z][\w.-]*(?:::?[A-Za-z]\w*)*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
