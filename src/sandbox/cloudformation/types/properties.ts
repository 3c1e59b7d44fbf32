import { isObject } from '../../protocols/json-body.js'

export type Properties = Readonly<Record<string, unknown>>

/** A property as text; undefined where the template says nothing. */
export const textIn = (properties: Properties, name: string) =>
  properties[name] === undefined ? undefined : String(properties[name])

/** `[{ Key, Value }]` as a map. */
export function tagsIn({ Tags }: Properties): Readonly<Record<string, string>> {
  const list = Array.isArray(Tags) ? Tags.filter(isObject) : []
  return Object.fromEntries(list.map(({ Key, Value }) => [String(Key), String(Value)]))
}

/** A document as the API takes it. */
export const documentText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
