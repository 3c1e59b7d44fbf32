/** A policy document as it is written to IAM, SQS or KMS. */
export interface TemplateDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/** What a document is attached to. */
export interface Attachment {
  readonly kind: 'role' | 'user' | 'queue' | 'key'
  readonly arn: string
  /** As IAM knows it, without its path; for a queue its URL, which is how templates name queues. */
  readonly name: string
}

/** One least-privilege document. */
export interface GeneratedPolicy {
  /** `fix` is what the caller needs beside the rest for `--fix`. */
  readonly for: 'role' | 'caller' | 'fix' | 'queue' | 'key'
  /** Under which it is stored, and found again. */
  readonly name: string
  /** The account that it belongs in. */
  readonly account: string
  /** null: not known. */
  readonly attachTo: Attachment | null
  readonly document: TemplateDocument
  /** false: only what has to be added to a policy that exists; it must never replace it. */
  readonly complete: boolean
  /** Length without white space, as IAM counts. */
  readonly characters: number
}

/** Those that become a resource of a template, and those that can only be added to one by hand. */
export function parted(policies: readonly GeneratedPolicy[]) {
  const isWhole = ({ for: part, complete }: GeneratedPolicy) => part !== 'key' && complete
  return { whole: policies.filter(isWhole), statements: policies.filter((policy) => !isWhole(policy)) }
}

export const whose: Readonly<Record<GeneratedPolicy['for'], string>> = {
  role: 'The execution role: what the poller of Lambda needs.',
  caller: 'Whoever runs sqs-trigger.',
  fix: 'Whoever runs sqs-trigger with --fix: an escalation right, to be handed out apart.',
  queue: 'The queue: its whole policy, with the statement for the execution role.',
  key: 'The key: a statement to add to its policy.',
}
