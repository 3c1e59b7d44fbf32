import type { FunctionAddress, QueueAddress } from '../../arn.js'
import type { MappingFilter } from '../../aws/event-source-mapping.js'
import { readReservedConcurrency } from '../../aws/lambda-function.js'
import { readWholeFunction } from '../../aws/whole-function.js'
import type { Mapping } from '../../mapping.js'
import { settingsAfter } from '../../mapping-update.js'
import { functionHere, queueAt } from '../../operations/mapping-ends.js'
import { mappingRules } from '../../operations/mapping-rules.js'
import type { PolicyHolder } from '../../preflight/access/access-question.js'
import type { BeginSimulation } from '../../preflight/access/ask-simulator.js'
import type { Voice } from '../../preflight/access/caller-voice.js'
import { openDocuments, type PrincipalDocuments } from '../../preflight/access/principal-documents.js'
import { sameForAll } from '../../preflight/access/principal-judges.js'
import { absent, type Fact, known, mapFact, readAsFact, unknown } from '../../preflight/fact.js'
import type { Facts } from '../../preflight/facts.js'
import type { Finding } from '../../preflight/finding.js'
import { beginFunctionReads, readAhead } from '../../preflight/gather/begin-reads.js'
import type { FunctionReads } from '../../preflight/gather/reads.js'
import { gatherFacts } from '../../preflight/gather-facts.js'
import { judgeRules } from '../../preflight/judge-rules.js'
import { ruleContextOf } from '../../preflight/rule-context.js'
import type { ListedPlace } from './place.js'
import type { AuditRequest } from './request.js'

/** A mapping, what was read for it, and what the rules say. */
export interface JudgedMapping {
  readonly listed: ListedPlace
  readonly mapping: Mapping
  readonly queue: QueueAddress
  readonly function: FunctionAddress
  readonly facts: Facts
  readonly findings: readonly Finding[]
}

/** Judges the mappings of one place. What several of them share is read once. */
export function openJudge(
  listed: ListedPlace,
  { ignore, strict }: Pick<AuditRequest, 'ignore' | 'strict'>,
  now: () => number,
) {
  const { clients, caller, context, mappings } = listed
  const byQueue = grouped(mappings, ({ queueArn }) => queueArn)
  const byFunction = grouped(mappings, ({ functionArn }) => functionHere(functionArn, context).unqualifiedArn)
  const mappingsOf = async ({ queueArn = '', functionName = '' }: MappingFilter) =>
    known(byQueue.get(queueArn) ?? byFunction.get(functionName) ?? [])

  /** Where the whole function may not be read, two calls tell the same. */
  const beginReads = (target: FunctionAddress): FunctionReads => {
    const { qualifier: _, ...unqualified } = target
    const whole = readAsFact(readWholeFunction(clients, target), { essential: true })
    const parts = (fact: Fact<unknown>) => fact.state === 'unknown' && fact.refusal !== undefined
    // Which concurrency is reserved is told of the function, and not of its aliases.
    const ofFunction =
      target.qualifier === undefined ? whole : readAsFact(readWholeFunction(clients, unqualified))
    return readAhead({
      lambdaFunction: whole.then((fact) =>
        parts(fact)
          ? beginFunctionReads(clients, target).lambdaFunction
          : mapFact(fact, ({ lambdaFunction }) => lambdaFunction),
      ),
      reservedConcurrency: ofFunction.then((fact) =>
        parts(fact)
          ? readAsFact(readReservedConcurrency(clients, target))
          : mapFact(fact, ({ reservedConcurrency }) => reservedConcurrency),
      ),
    })
  }

  const documents = new Map<string, PrincipalDocuments>()
  /** Read and decoded once, however many functions share the role. */
  const documentsOf = (role: PolicyHolder) => {
    const found = documents.get(role.arn) ?? openDocuments(clients, role)
    documents.set(role.arn, found)
    return found
  }

  return async (mapping: Mapping): Promise<JudgedMapping> => {
    const queue = queueAt(mapping.queueArn)
    if (queue === null) throw new TypeError(`${mapping.queueArn} is no ARN`)
    const target = functionHere(mapping.functionArn, context)
    const { enabled: _, ...settings } = settingsAfter(mapping, { settings: {}, clear: [], untag: [] })
    const about = {
      ...{ caller, queue, function: target, settings, sendTest: false, now: new Date(now()) },
      ...{ mappingsOf, documentsOf, beginSimulation: noSimulation },
      begun: { ofFunction: beginReads(target) },
    }
    const facts = await gatherFacts(clients, about, Promise.resolve(nobodyAsked))
    const role = facts.lambdaFunction.state === 'known' ? facts.lambdaFunction.value.roleArn : null
    const request = { sendTest: false }
    const names = ruleContextOf(context, { queue, lambdaFunction: target, roleArn: role, facts, request })
    const asked = { ignore, only: mappingRules, ...(strict === undefined ? {} : { strict }) }
    return { listed, mapping, queue, function: target, facts, findings: [...judgeRules(asked, facts, names)] }
  }
}

function grouped(mappings: readonly Mapping[], keyOf: (mapping: Mapping) => string) {
  const groups = new Map<string, Mapping[]>()
  for (const mapping of mappings) {
    const group = groups.get(keyOf(mapping))
    if (group) group.push(mapping)
    else groups.set(keyOf(mapping), [mapping])
  }
  return groups
}

/** An audit asks nothing of AWS that the caller would need rights for beyond reading. */
const nobodyAsked: Voice = {
  judge: sameForAll(absent('an audit does not look at the rights of the caller')),
  weighsFacts: false,
  principalArn: '',
  principal: null,
  note: null,
  readAhead: () => undefined,
}

/** One call for each role and queue would be too many: the policies of a role are read once, and judged here. */
const noSimulation: BeginSimulation = () => ({
  ask: async () => unknown('an audit does not ask IAM’s simulator'),
  askUnguarded: async () => undefined,
})
