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

/**
 * What cannot be measured with what is here, and why.
 * @type {readonly { what: string, why: string }[]}
 */
export const skipped = [
  {
    what: 'npx from a cold cache, beside an unbundled install',
    why: 'The package is not published, so there is nothing to fetch; and emptying the cache of the file system takes an administrator.',
  },
]
