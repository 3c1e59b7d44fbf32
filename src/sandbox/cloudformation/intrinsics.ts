import { AwsFault } from '../aws-fault.js'
import { isObject } from '../protocols/json-body.js'

/** What the functions of a template refer to. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): string
  getAtt(logicalId: string, attribute: string): string
}

/**
 * A value of a template with its functions replaced: Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select and Fn::Split.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope))
  if (!isObject(value)) return value
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, scope)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member, scope)]))
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return scope.ref(text(argument, name))
    case 'Fn::GetAtt': {
      const [id, ...rest] = Array.isArray(argument)
        ? argument.map((part) => text(part, name))
        : text(argument, name).split('.')
      return scope.getAtt(id ?? '', rest.join('.'))
    }
    case 'Fn::Sub': {
      const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}]
      const own = isObject(given) ? given : {}
      return text(pattern, name).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, word: string) => {
        if (literal) return `\${${word}}`
        if (Object.hasOwn(own, word)) return text(resolve(own[word], scope), name)
        const [id = '', ...attribute] = word.split('.')
        return attribute.length === 0 ? scope.ref(id) : scope.getAtt(id, attribute.join('.'))
      })
    }
    case 'Fn::Join': {
      const [between, parts] = pair(argument, name)
      return list(resolve(parts, scope), name)
        .map((part) => text(part, name))
        .join(text(between, name))
    }
    case 'Fn::Split': {
      const [between, whole] = pair(argument, name)
      return text(resolve(whole, scope), name).split(text(between, name))
    }
    case 'Fn::Select': {
      const [index, parts] = pair(argument, name)
      return list(resolve(parts, scope), name)[Number(index)]
    }
    default:
      throw templateError(`the sandbox does not know ${name}`)
  }
}

/** The logical ids that a value refers to, wherever in it. */
export function referencesIn(value: unknown, ids: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (id: unknown) => {
    if (typeof id === 'string' && ids.has(id)) found.add(id)
  }
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) walk(item)
    if (!isObject(part)) return
    for (const [name, argument] of Object.entries(part)) {
      if (name === 'Ref') note(argument)
      if (name === 'Fn::GetAtt') note(Array.isArray(argument) ? argument[0] : String(argument).split('.')[0])
      if (name === 'Fn::Sub') {
        for (const [, id] of String(argument).matchAll(/\$\{([^!}.]+)/g)) note(id)
      }
      walk(argument)
    }
  }
  walk(value)
  return found
}

export const templateError = (what: string) =>
  new AwsFault('ValidationError', `Template error: ${what}`, { recorded: false })

function text(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw templateError(`${name} takes a text here`)
}

function list(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw templateError(`${name} takes a list here`)
}

const pair = (value: unknown, name: string) => {
  const [first, second] = list(value, name)
  return [first, second] as const
}
