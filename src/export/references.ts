/** A value as CloudFormation writes it; the other formats translate it. */
export type Value = string | number | boolean | readonly Value[] | Members

export interface Members {
  readonly [name: string]: Value
}

/** A part of a text: literal, a parameter or something that AWS knows (`AWS::Region`), or the ARN of another resource. */
export type Piece = string | { readonly parameter: string } | { readonly arnOf: string }

/** What AWS knows of the place where a template is deployed. */
export const place = {
  partition: { parameter: 'AWS::Partition' },
  region: { parameter: 'AWS::Region' },
  account: { parameter: 'AWS::AccountId' },
} as const

/** A text of pieces, in the shortest form that CloudFormation has for it. */
export function textOf(pieces: readonly Piece[]): Value {
  const [only, ...others] = pieces
  if (others.length === 0 && typeof only === 'object') {
    return 'parameter' in only ? { Ref: only.parameter } : { 'Fn::GetAtt': [only.arnOf, 'Arn'] }
  }
  const written = pieces.map((piece) =>
    typeof piece === 'string'
      ? piece.replaceAll('${', '${!')
      : `\${${'parameter' in piece ? piece.parameter : `${piece.arnOf}.Arn`}}`,
  )
  return { 'Fn::Sub': written.join('') }
}

/** The pieces of what `textOf` wrote; undefined: it is another value. */
export function piecesOf(value: object): readonly Piece[] | undefined {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
  if (others.length > 0) return undefined
  if (name === 'Ref') return [{ parameter: String(argument) }]
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return [{ arnOf: String(argument[0]) }]
  return name === 'Fn::Sub'
    ? String(argument)
        .split(/(\$\{[^}]*\})/)
        .filter(Boolean)
        .map(pieceOf)
    : undefined
}

function pieceOf(text: string): Piece {
  const name = /^\$\{(.*)\}$/s.exec(text)?.[1]
  if (name === undefined) return text.replaceAll('${!', '${')
  if (name.startsWith('!')) return `\${${name.slice(1)}}`
  return name.endsWith('.Arn') ? { arnOf: name.slice(0, -4) } : { parameter: name }
}

/**
 * The value with every text in two parts where it holds what `Fn::Sub` would replace. CloudFormation takes such a text
 * as it is, but whoever checks a template takes it for a mistake.
 */
export function withoutVariables(value: Value): Value {
  if (typeof value === 'string' && value.includes('${')) {
    return { 'Fn::Join': ['', value.split(/(?<=\$)(?=\{)/)] }
  }
  if (typeof value !== 'object' || (!isList(value) && piecesOf(value) !== undefined)) return value
  return isList(value)
    ? value.map(withoutVariables)
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutVariables(member)]))
}

// Array.isArray knows only of lists that can be changed.
const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

/** The value with every text that is known to stand for something replaced by what it stands for. */
export function withReferences(value: unknown, known: ReadonlyMap<string, Value>): Value {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, known))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, withReferences(member, known)]),
    )
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? value
    : (known.get(String(value)) ?? String(value))
}
