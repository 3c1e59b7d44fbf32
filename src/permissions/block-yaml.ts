import { jsonText } from '../json-text.js'

/**
 * Block YAML. Every text but a plain word is quoted as in JSON, which YAML reads alike. Members that stand alone and are
 * functions of CloudFormation are written in their short form.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function yamlLines(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    return value.flatMap((item) => {
      const [first = '', ...others] = yamlLines(item)
      return [`- ${first}`, ...others.map((line) => `  ${line}`)]
    })
  }
  if (typeof value !== 'object' || value === null) return [scalar(value)]
  if (Object.keys(value).length === 0) return ['{}']
  const short = shortForm(value)
  if (short !== undefined) return [short]
  return Object.entries(value).flatMap(([key, member]) => {
    const name = /^[A-Za-z]\w*$/.test(key) ? key : jsonText(key)
    const lines = yamlLines(member)
    return isNested(member)
      ? [`${name}:`, ...lines.map((line) => `  ${line}`)]
      : [`${name}: ${lines[0] ?? ''}`, ...lines.slice(1)]
  })
}

/** Does it stand on lines of its own? */
const isNested = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  shortForm(value) === undefined

function shortForm(value: object): string | undefined {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
  if (others.length > 0) return undefined
  if (name === 'Ref') return `!Ref ${argument}`
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return `!GetAtt ${argument.join('.')}`
  return /^Fn::(?:Sub|Equals|Join)$/.test(name) ? `!${name.slice(4)} ${flow(argument)}` : undefined
}

const flow = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(flow).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? (shortForm(value) ?? '')
      : scalar(value)

/** `Yes`, `No` and the like are words, too, and mean something else. */
function scalar(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = String(value)
  const plain = /^(?:AWS::\w+::\w+|[A-Z][a-z]+[A-Z]\w*|Allow|Deny|Retain|Delete|String)$/.test(text)
  return plain ? text : jsonText(text)
}
