import { AwsFault } from '../aws-fault.js'
import { structures, text } from '../members.js'
import { isObject } from '../protocols/json-body.js'
import type { RawInput } from '../raw-input.js'
import { referencesIn, templateError } from './intrinsics.js'
import { resourceTypes } from './resource-types.js'
import type { Template, TemplateResource } from './state.js'

/**
 * Reads a template. JSON only: reading YAML takes a parser that nothing else here needs.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function readTemplate(raw: RawInput): Template {
  const root = parse(text(raw, 'TemplateBody') ?? '')
  const given = new Map(
    pairsIn(raw, 'Parameters').map((one) => [
      text(one, 'ParameterKey') ?? '',
      text(one, 'ParameterValue') ?? '',
    ]),
  )
  const description = typeof root.Description === 'string' ? root.Description : undefined
  const resources = resourcesOf(root.Resources)
  return {
    description,
    parameters: parametersOf(root.Parameters, given),
    resources,
    order: inOrder(resources),
    outputs: outputsOf(root.Outputs),
  }
}

/** A list of structures; an empty one arrives as an empty text. */
export const pairsIn = (raw: RawInput, member: string): readonly RawInput[] =>
  raw[member] === '' ? [] : (structures(raw, member) ?? [])

function parse(body: string): Readonly<Record<string, unknown>> {
  let root: unknown
  try {
    root = JSON.parse(body)
  } catch {
    throw templateError('the sandbox reads templates in JSON only')
  }
  if (isObject(root)) return root
  throw templateError('a template is an object')
}

function parametersOf(declared: unknown, given: ReadonlyMap<string, string>): Template['parameters'] {
  const known = Object.entries(isObject(declared) ? declared : {})
  const missing = known.filter(([name, one]) => !given.has(name) && !(isObject(one) && 'Default' in one))
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ')
    throw new AwsFault('ValidationError', `Parameters: [${names}] must have values`)
  }
  return Object.fromEntries(
    known.map(([name, one]) => {
      const members = isObject(one) ? one : {}
      const value = given.get(name) ?? String(members.Default)
      return [name, { noEcho: members.NoEcho === true || members.NoEcho === 'true', value }]
    }),
  )
}

function resourcesOf(declared: unknown): Template['resources'] {
  if (!isObject(declared)) throw templateError('a template has Resources')
  return Object.fromEntries(
    Object.entries(declared).map(([id, one]): [string, TemplateResource] => {
      const type = isObject(one) && typeof one.Type === 'string' ? one.Type : ''
      if (!resourceTypes.has(type)) throw templateError(`the sandbox does not make resources of type ${type}`)
      return [id, { type, properties: isObject(one) && isObject(one.Properties) ? one.Properties : {} }]
    }),
  )
}

function outputsOf(declared: unknown): Template['outputs'] {
  return Object.fromEntries(
    Object.entries(isObject(declared) ? declared : {}).map(([key, one]) => {
      const members = isObject(one) ? one : {}
      const { Value: value, Description: description } = members
      return [key, { value, ...(typeof description === 'string' ? { description } : {}) }]
    }),
  )
}

/** Logical ids, each after all that it refers to. AWS makes independent ones at the same time; here one follows the other. */
function inOrder(resources: Template['resources']): readonly string[] {
  const ids = new Set(Object.keys(resources))
  const needs = new Map(
    Object.entries(resources).map(([id, { properties }]) => [id, referencesIn(properties, ids)]),
  )
  const order: string[] = []
  while (order.length < ids.size) {
    const next = [...ids].filter(
      (id) => !order.includes(id) && [...(needs.get(id) ?? [])].every((needed) => order.includes(needed)),
    )
    if (next.length === 0) throw templateError('the resources refer to each other in a circle')
    order.push(...next)
  }
  return order
}
