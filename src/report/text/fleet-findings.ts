import type { FleetPlan, FleetStep } from '../../fleet/fleet-plan.js'
import type { Finding } from '../../preflight/finding.js'
import { fill, type Page, shown } from '../page.js'
import { findingLines, isNote } from './finding-lines.js'
import { commandsOf, countsOf, findingsLines } from './findings.js'
import { gapBlocks } from './gap-lines.js'
import { labelled } from './labelled.js'
import { pair } from './mapping-lines.js'
import { joined } from './sentences.js'

/**
 * What the checks of many triggers found: each objection once, with all that it concerns, the worst last. Notes are
 * counted. With `verbose` all of it is told.
 */
export function fleetFindingsLines(
  page: Page,
  { findings, steps }: Pick<FleetPlan, 'findings' | 'steps'>,
  verbose: boolean,
): readonly string[] {
  if (verbose) return findingsLines(page, findings, true)
  const of = (status: Finding['status']) => {
    const rules = byRule(findings.filter((finding) => finding.status === status && !isNote(finding)))
    // Several rights that one command gives: it stands once, below.
    const below = ([first]: readonly Finding[], index: number) =>
      rules
        .slice(index + 1)
        .flatMap(([other]) => other ?? [])
        .findLast((other) => first?.fix && commandsOf(other) === commandsOf(first))
    return rules.map((members, index) => blockLines(page, members, steps, below(members, index)))
  }
  const blocks = [...of('warn'), ...gapBlocks(page, findings), ...of('fail')]
  const judged = findings.filter(({ status }) => status !== 'skip')
  return [
    ...blocks.flatMap((block) => [...block, '']),
    ...(judged.length === 0 ? [] : fill(page, `Checks: ${countsOf(findings)}.`, 0, 2)),
  ]
}

function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const rules = new Map<string, Finding[]>()
  for (const finding of findings) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding])
  return [...rules.values()]
}

function blockLines(
  page: Page,
  members: readonly Finding[],
  steps: FleetPlan['steps'],
  mendedBy: Finding | undefined,
): readonly string[] {
  const [first] = members
  if (first === undefined) return []
  const about = (some: readonly Finding[]) =>
    steps.filter(({ findings }) => findings.some((one) => some.some((member) => isSame(one, member))))
  const own = about([first])
  // Each of these has a fix of its own: the command above is not theirs.
  const others = about(members).filter((step) => !own.includes(step))
  return [
    ...findingLines(page, first, mendedBy),
    ...triggerLines(page, 'For', own),
    ...triggerLines(page, 'Also', others),
  ]
}

function triggerLines(page: Page, label: string, steps: FleetPlan['steps']): readonly string[] {
  const names = steps.map((step) => `${pair(page, step)}${lineOf(step)}`)
  const told = names.slice(0, mostNamed)
  const list = joined(names.length > mostNamed ? [...told, `${names.length - mostNamed} more`] : told)
  return names.length === 0 ? [] : labelled(page, label, shown(page, list))
}

/** Of several triggers the same is told once. */
const isSame = (one: Finding, other: Finding) =>
  one.rule === other.rule &&
  one.status === other.status &&
  one.message === other.message &&
  one.subject.arn === other.subject.arn

const lineOf = ({ trigger }: FleetStep) => (trigger === null ? '' : ` (line ${trigger.at.line})`)

const mostNamed = 8
