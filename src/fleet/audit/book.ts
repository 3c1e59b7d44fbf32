import type { Clock } from '../../clock.js'
import type { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { Finding, FindingOf, FindingStatus } from '../../preflight/finding.js'
import { isOpen, keyOfFinding } from './baseline.js'
import { addEnds, noEnds } from './ends.js'
import { countsOf, healthOf, noCounts, rankOf, worstFirst, worstOf } from './health.js'
import type { JudgedMapping } from './judge-mapping.js'
import type { ListedPlace, UnreadPlace } from './place.js'
import type { AuditRequest } from './request.js'
import type { AuditedMapping, AuditedPlace, AuditResult, Orphan } from './results.js'
import { concludeBaseline, summarise } from './summary.js'

/** A mapping that could not be judged, and why. */
export interface UnjudgedMapping {
  readonly listed: ListedPlace
  readonly mapping: Mapping
  readonly error: SqsTriggerError
}

interface PlaceEntry {
  readonly found: ListedPlace | UnreadPlace
  judged: number
  failure?: SqsTriggerError
}

/** Everything that an audit has found so far; closed, it is the result. */
export interface AuditBook {
  /** In the order in which places are to be told. */
  add(found: ListedPlace | UnreadPlace): void
  /** @returns what is listed of its findings */
  judged(one: JudgedMapping): readonly Finding[]
  unjudged(one: UnjudgedMapping): void
  /** Whether anything reads from the queue, or names it as its dead-letter queue. */
  isUsed(queueArn: string): boolean
  close(ended: { readonly orphans: readonly Orphan[]; readonly stopped: boolean }): AuditResult
}

export function openAuditBook(
  { allFindings = false, baseline }: Pick<AuditRequest, 'allFindings' | 'baseline'>,
  clock: Clock,
): AuditBook {
  const startedAt = clock.now()
  const places = new Map<ListedPlace['place'], PlaceEntry>()
  const ends = noEnds()
  const mappings = new Map<Mapping, AuditedMapping>()
  const before = new Set(baseline?.findings.map(keyOfFinding))
  /** What the baseline knows, and what was found of it. */
  const found = new Set<string>()

  const isNew = (finding: Finding) =>
    finding.mapping === undefined || !before.has(keyOfFinding({ ...finding, ...finding.mapping }))

  return {
    add: (one) => void places.set(one.place, { found: one, judged: 0 }),
    judged: (one) => {
      const { listed, mapping, facts } = one
      const entry = places.get(listed.place)
      if (entry) entry.judged += 1
      addEnds(ends, one)
      const of = ofMapping(listed, mapping)
      const all = one.findings
      for (const finding of all) if (isOpen(finding)) found.add(keyOfFinding({ ...finding, ...of }))
      const listable = all.filter((finding) => allFindings || isListed(finding))
      const told = worstFirst(listable.map((finding) => ({ ...finding, mapping: of })).filter(isNew))
      const { lambdaFunction, queue } = facts
      mappings.set(mapping, {
        account: of.account,
        region: of.region,
        mapping,
        health: worstOf(all.map(healthOf)),
        findings: told,
        counts: countsOf(all),
        roleArn: lambdaFunction.state === 'known' ? lambdaFunction.value.roleArn : null,
        deadLetterQueueArn:
          queue.state === 'known' ? (queue.value.redrive?.deadLetterQueueArn ?? null) : null,
      })
      return told
    },
    unjudged: ({ listed, error }) => {
      const entry = places.get(listed.place)
      if (entry) entry.failure ??= error
    },
    isUsed: (queueArn) => ends.queues.has(queueArn),
    close: ({ orphans, stopped }) => {
      const told = [...places.values()].map((entry) => placeOf(entry, stopped))
      const all = [...places.values()].flatMap((entry) => auditedOf(entry, mappings))
      const sorted = all.toSorted((a, b) => rankOf(a.health) - rankOf(b.health) || weightOf(b) - weightOf(a))
      const listed = [...places.values()].flatMap((entry) => ('error' in entry.found ? [] : [entry.found]))
      const result = {
        context: listed[0]?.context ?? null,
        places: told,
        mappings: sorted,
        queues: [...ends.queues.values()],
        functions: [...ends.functions.values()],
        roles: [...ends.roles.values()],
        orphans,
        baseline: baseline === undefined ? null : concludeBaseline(baseline, { found, places: told }),
        complete: !stopped && told.every(({ status }) => status === 'read' || status === 'not-enabled'),
      }
      const calls = listed.reduce((sum, place) => sum + place.calls(), 0)
      return { ...result, summary: summarise(result, { calls, elapsedMs: clock.now() - startedAt }) }
    },
  }
}

const ofMapping = (
  { context, clients }: ListedPlace,
  { uuid, queueArn, functionArn }: Mapping,
): FindingOf => ({
  uuid,
  account: context.account,
  region: clients.region,
  queueArn,
  functionArn,
})

const isListed = (finding: Finding) => isOpen(finding) || finding.status === 'ignored'

/** Of one health, the one with more to say comes first. */
const weightOf = ({ counts }: { readonly counts: Readonly<Record<FindingStatus, number>> }) =>
  counts.fail * 1000 + counts.warn + counts.unknown

function auditedOf(
  { found }: PlaceEntry,
  judged: ReadonlyMap<Mapping, AuditedMapping>,
): readonly AuditedMapping[] {
  if ('error' in found) return []
  const { account } = found.context
  const { region } = found.clients
  return found.mappings.map(
    (mapping) =>
      judged.get(mapping) ?? {
        ...{ account, region, mapping, health: 'unknown' },
        ...{ findings: [], counts: noCounts, roleArn: null, deadLetterQueueArn: null },
      },
  )
}

function placeOf({ found, judged, failure }: PlaceEntry, stopped: boolean): AuditedPlace {
  if ('error' in found) {
    const { place, status, error } = found
    return { ...place, status, ...reasonOf(error), listed: 0, judged: 0 }
  }
  const listed = found.mappings.length
  const counts = { listed, judged }
  if (failure) return { ...found.place, status: 'partly', ...reasonOf(failure), ...counts }
  if (judged === listed) return { ...found.place, status: 'read', reason: null, permission: null, ...counts }
  const reason = stopped ? 'It was stopped.' : 'Not all of it was looked at.'
  return { ...found.place, status: 'partly', reason, permission: null, ...counts }
}

const reasonOf = ({ message, code, aws }: SqsTriggerError) => ({
  reason: message,
  permission: code === 'ACCESS_DENIED' && aws ? `${aws.service}:${aws.operation}` : null,
})
