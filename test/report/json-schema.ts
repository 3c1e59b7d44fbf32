import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

/** The schema that the package ships. */
export const outputSchema: Schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schemas/output-v1.json'), 'utf8'),
)

/** As much of JSON Schema as the tests look at. */
export interface Schema {
  readonly $defs: Readonly<Record<string, Schema>>
  readonly properties: Readonly<Record<string, Schema>>
  readonly allOf: readonly { readonly if: Schema; readonly then: Schema }[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** Takes any document that the schema allows, members that it does not name included, as every reader has to. */
export const openValidator = (): ValidateFunction => compile(outputSchema)

/** Refuses members that the schema does not name: what the tool writes has to stand there. */
export const strictValidator = (part?: string): ValidateFunction => compile(closed(outputSchema), part)

/** What is wrong with a document, a line each; empty when nothing is. */
export function faultsIn(validate: ValidateFunction, document: unknown): readonly string[] {
  validate(document)
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }: ErrorObject) =>
      `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

function compile(schema: Schema, part?: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false })
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  if (part === undefined) return ajv.compile(schema)
  return ajv.compile({ $ref: `#/$defs/${part}`, $defs: schema.$defs })
}

/** Every object whose members are named takes no others. Conditions name members without being such an object. */
function closed<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map((item) => closed(item)) as Part
  if (typeof part !== 'object' || part === null) return part
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]))
  const names = 'properties' in part && 'type' in part && part.type === 'object'
  // Rebuilt member by member, so that it is what it was.
  return (names ? { ...inner, additionalProperties: false } : inner) as Part
}
