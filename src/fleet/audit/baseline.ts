import type { Finding } from '../../preflight/finding.js'

/** What an earlier audit found. */
export interface Baseline {
  /** As it was given. */
  readonly file: string
  readonly findings: readonly EarlierFinding[]
  /** false: it was stopped, or could not read everything, so that more seems new than is. */
  readonly complete: boolean
}

/** Enough of a finding to know it again: a mapping that was made anew has another UUID. */
export interface EarlierFinding {
  readonly rule: string
  readonly status: string
  readonly queueArn: string
  readonly functionArn: string
}

export const keyOfFinding = ({ rule, status, queueArn, functionArn }: EarlierFinding) =>
  [rule, status, queueArn, functionArn].join(' ')

/** What a person would have to look into. */
export const isOpen = ({ status }: Pick<Finding, 'status'>) =>
  status === 'fail' || status === 'warn' || status === 'unknown'
