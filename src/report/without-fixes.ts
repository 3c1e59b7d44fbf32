import type { Finding } from '../preflight/finding.js'
import type { RepairTold } from './outcome.js'

/** The findings, without the fixes that are offered by themselves, or were. */
export function withoutFixes(
  findings: readonly Finding[],
  offered: readonly RepairTold[],
): readonly Finding[] {
  const rules = rulesOf(offered)
  return findings.map((finding) => (rules.has(finding.rule) ? { ...finding, fix: null } : finding))
}

/** The repairs that can be made. */
export const possible = (repairs: readonly RepairTold[]) =>
  repairs.filter(({ outcome }) => outcome === 'planned')

/** The rules whose objections the repairs mend. */
export const rulesOf = (repairs: readonly RepairTold[]): ReadonlySet<string> =>
  new Set(repairs.flatMap(({ repair }) => repair.rules))
