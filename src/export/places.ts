import { nameIn, parseArn } from '../arn.js'
import type { ExportWorld } from './export-world.js'
import type { Namer } from './identifiers.js'
import { type Piece, place, textOf, type Value } from './references.js'
import type { Parameter } from './resources.js'

/** How each queue, function, role and key is referred to: each is one parameter, however often it is named. */
export interface Places {
  queue(arn: string): Value
  /** Only where it is in this account. */
  queueName(arn: string): Value
  /** @param arn without alias or version */
  function(arn: string, qualifier: string | null): Value
  role(name: string): Value
  /** @param of what it encrypts, such as `queue orders`: a parameter has no other sign of that */
  key(arn: string, queueName: string, of: string): Value
  parameters(): readonly Parameter[]
}

/**
 * What is here is named, so that the name can be another one elsewhere; its ARN is made of account and Region where the
 * template is deployed. What is in another account, and keys, whose ids AWS makes up, have no default.
 */
export function openPlaces({ context }: ExportWorld, name: Namer): Places {
  const parameters = new Map<string, Parameter>()
  const encrypted = new Map<string, Set<string>>()
  const parameter = (thing: string, create: () => Parameter): Piece => {
    const found = parameters.get(thing) ?? create()
    parameters.set(thing, found)
    return { parameter: found.id }
  }
  const named = (arn: string, kind: string) => {
    const own = nameIn(arn)
    return parameter(arn, () => ({
      id: name(own, kind, 'name'),
      description: `Name of the ${kind}.`,
      default: own,
      here: own,
    }))
  }
  return {
    queue: (arn) => {
      const own = nameIn(arn)
      if (parseArn(arn)?.account === context.account) return textOf([...before('sqs'), named(arn, 'queue')])
      const description = 'ARN of the queue, which is in another account.'
      return textOf([parameter(arn, () => ({ id: name(own, 'queue', 'arn'), description, here: arn }))])
    },
    queueName: (arn) => textOf([named(arn, 'queue')]),
    function: (arn, qualifier) =>
      textOf([
        ...before('lambda'),
        'function:',
        named(arn, 'function'),
        ...(qualifier === null ? [] : [`:${qualifier}`]),
      ]),
    role: (roleName) => textOf([named(roleName, 'role')]),
    key: (arn, queueName, of) => {
      encrypted.set(arn, (encrypted.get(arn) ?? new Set()).add(of))
      return textOf([
        parameter(arn, () => ({ id: name(queueName, 'key', 'arn'), description: '', here: arn })),
      ])
    },
    parameters: () =>
      [...parameters].map(([thing, one]) => {
        const all = encrypted.get(thing)
        return all === undefined
          ? one
          : { ...one, description: `ARN of the customer managed key that encrypts ${listed([...all])}.` }
      }),
  }
}

/** CloudFormation takes 4,000 characters; a key may serve every queue. */
const listed = (all: readonly string[]) =>
  all.length > 4 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : all.join(', ')

/** The ARN up to the name; neighbouring texts become one. */
const before = (service: string): readonly Piece[] => [
  'arn:',
  place.partition,
  `:${service}:`,
  place.region,
  ':',
  place.account,
  ':',
]
