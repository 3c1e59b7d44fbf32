/**
 * The speed that the design promises, as ratios of medians in one run.
 * @type {readonly { what: string, against: string, atMost: number }[]}
 */
export const budgets = [
  { what: '--version', against: 'node -e 0', atMost: 1.15 },
  { what: '--help', against: 'node -e 0', atMost: 1.5 },
  { what: '__complete', against: 'node -e 0', atMost: 1.5 },
  { what: 'preflight', against: 'aws sqs list-queues', atMost: 0.6 },
  { what: 'wire --send-test', against: 'the same with aws-cli', atMost: 0.15 },
]
