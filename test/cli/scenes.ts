import type { Stage } from './screens.js'

/** What is typed of one command, so that its main outputs are seen. Each scene begins in a world of its own. */
type Scene = (stage: Stage) => Promise<void>

/** Keys of a caller who may do nothing, of one whose session is over, and of one who may do everything. */
const nobody = { AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' }
const expired = { AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' }
const administrator = ({ journey }: Stage) => ({
  AWS_ACCESS_KEY_ID: journey.adminCredentials.accessKeyId,
})
const nothing = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_REGION: '', AWS_DEFAULT_REGION: '' }

/** One trigger with these settings. */
const file = (settings: string) =>
  `name: shop\ntriggers:\n  - queue: orders\n    function: worker\n    settings: {${settings}}\n`

/** By name of the command: a command without scenes fails the test. */
export const scenes: Readonly<Record<string, Scene>> = {
  demo: async ({ type, columns }) => {
    // It takes its time: once is enough.
    if (columns === 80) await type('demo')
    await type('demo now')
  },
  quickstart: async ({ type }) => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIASANDBOXBUILDER' }
    await type('quickstart', { env })
    await type('quickstart --fifo --tag team=orders --sms +4915112345678 --dry-run', { env })
    await type('quickstart --print policy --name first')
    await type('quickstart --delete --yes', { env })
    await type('quickstart --yes', { env: nobody })
    await type('quickstart --sms 015112345678')
    await type('quickstart --name 1st --yes')
    await type('quickstart --tag aws:team=orders --yes')
  },
  wire: async (stage) => {
    const { type } = stage
    await type('wire orders')
    await type('wire orders worker')
    await type('wire orders worker --dry-run')
    await type('wire orders worker --yes')
    await type('wire orders worker --yes')
    await type('wire orders worker --batch-size 5 --yes')
    await type('wire orders worker --send-test --quiet --yes')
    await type('wire orders unready --yes')
    await type('wire orders unready --fix --dry-run', { env: administrator(stage) })
    await type('wire orders unready --fix --yes --no-wait', { env: administrator(stage) })
    await type('wire orders nobody --yes')
    await type('wire orders worker --yes', { env: nobody })
  },
  preflight: async (stage) => {
    const { type } = stage
    await type('preflight orders')
    await type('preflight orders worker')
    await type('preflight orders worker --only no-dead-letter-queue')
    await type('preflight orders unready --only role-lacks-receive-message')
    await type('preflight orders unready --quiet')
    await type('preflight orders unready --fix --yes', { env: administrator(stage) })
    await type(`preflight orders worker --filter '{"body":{"kind":["order"]}}' --sample -`, {
      stdin: '{"kind":"refund"}',
    })
    await type('preflight nowhere nobody --quiet')
    await type('preflight orders worker --strict', { env: nobody })
    await type('preflight orders worker', { env: expired })
  },
  audit: async (stage) => {
    const { type, journey } = stage
    await type('audit')
    await type('wire orders worker --yes --quiet')
    await journey.addQueue('billing')
    await type('wire billing worker --yes --quiet')
    await type('audit')
    await type(
      'audit --fail-on warning --ignore no-dead-letter-queue,visibility-timeout-leaves-no-retry-room',
    )
    await type('audit --regions us-east-1,eu-west-1 --quiet')
    await type('audit --regions us-east-1 --all-regions')
    await type('audit --baseline /nowhere')
    await type('audit --role-arn worker')
    await type('audit --json --query result.summary.byHealth')
    await type('audit', { env: nobody })
  },
  list: async (stage) => {
    const { type, journey } = stage
    await type('list')
    await type('list --queue nowhere')
    await type('wire orders worker --yes --quiet')
    await type('list')
    await journey.addQueue('billing-of-last-year-and-everything-before')
    await type('wire billing-of-last-year-and-everything-before worker --yes --quiet')
    await type('list')
    await type('list --function worker --limit 1 --json --query result.mappings[].batchSize')
    await type('list --quue orders')
    await type('list', { env: nobody })
    await type('list', { env: nothing })
    await type('list --region us-east-1', { env: nothing })
  },
  status: async ({ type }) => {
    await type('status')
    await type('status orders')
    await type('wire orders worker --yes --quiet')
    await type('status orders')
    await type('status 00000000')
    await type('status orders --probe')
    await type('status orders --probe --body broken')
  },
  wait: async ({ type }) => {
    await type('wait orders')
    await type('wire orders worker --yes --quiet')
    await type('wait orders')
    await type('wait orders --for disabled --timeout 0')
    await type('wait orders --for deleted', { until: 'Enabled' })
    await type('wait orders --for ready')
  },
  send: async ({ type }) => {
    await type('send')
    await type('send nowhere')
    await type('send orders --prove')
    await type(`send orders --dry-run --body '{"id":42}'`)
    await type('wire orders worker --yes --quiet')
    await type('send orders --prove --body broken')
    await type('send orders --prove=strong --timeout 5s')
    await type('send orders')
    await type('send orders --count 3')
    await type(`send orders --body ''`)
  },
  logs: async ({ type }) => {
    await type('logs orders')
    await type('wire orders worker --yes --quiet')
    await type('logs orders')
    await type('logs orders --follow --json')
    await type('send orders --prove --quiet')
    await type('logs orders')
    await type('logs orders --message 00000000-0000-0000-0000-000000000000')
  },
  redrive: async (stage) => {
    const { type } = stage
    await type('wire orders worker --yes --quiet')
    await type('redrive orders --yes')
    await type('update orders --batch-size 1 --yes --quiet')
    await type('wire orders worker --dead-letter-queue --yes --quiet', { env: administrator(stage) })
    await type('redrive orders', { env: administrator(stage) })
    await type('redrive orders --yes', { env: administrator(stage) })
    await type('redrive orders --peek 3', { env: administrator(stage) })
  },
  update: async ({ type, journey }) => {
    await journey.addQueue('orders-v2')
    await type('update orders')
    await type('update orders --batch-size 5 --yes')
    await type('wire orders worker --yes --quiet')
    await type('update orders --batch-size 5')
    await type('update orders --batch-size 5 --max-concurrency 4 --tag team=orders --yes')
    await type('update orders --batch-size 5 --yes')
    await type('update orders --clear max-concurrency --untag team --dry-run')
    await type('update orders --batch-size 100 --yes')
    await type('update orders --to-queue orders-v2 --dry-run')
  },
  disable: async ({ type }) => {
    await type('wire orders worker --yes --quiet')
    await type('disable orders --dry-run')
    await type('disable orders --yes')
    await type('disable orders --yes')
  },
  enable: async ({ type }) => {
    await type('wire orders worker --start-disabled --yes --quiet')
    await type('enable orders --yes')
    await type('enable orders --yes')
  },
  unwire: async ({ type }) => {
    await type('unwire orders')
    await type('unwire orders --yes')
    await type('wire orders worker --yes --quiet')
    await type('unwire orders --dry-run')
    await type('unwire orders --yes')
    await type('wire orders worker --yes --quiet')
    await type('unwire orders --yes --no-wait', { env: nobody })
  },
  rollback: async (stage) => {
    const { type } = stage
    const env = administrator(stage)
    await type('rollback')
    await type('preflight orders unready --fix --yes --quiet', { env })
    await type('rollback', { env })
    await type('rollback 2', { env })
    await type('rollback 2 --dry-run', { env })
    await type('rollback 2 --yes', { env })
    await type('rollback 2 --yes', { env })
    await type('rollback 1999', { env })
  },
  plan: async ({ type, columns }) => {
    await type('plan')
    await type('plan -f - --quiet', { stdin: file('batch-size: 5') })
    const markdown = columns === 80 ? ' --output markdown' : ''
    await type(`plan -f - --exit-code --quiet${markdown}`, { stdin: file('batch-size: 5') })
    await type('plan -f - --quiet', { stdin: file('batch-size: 0').replace('queue:', 'qeueu:') })
    await type('plan -f - --quiet', { stdin: file('batch-size: 5').replace('orders', 'nowhere') })
    await type('wire orders worker --yes --quiet')
    await type('plan -f -', { stdin: file('batch-size: 5') })
  },
  apply: async ({ type }) => {
    await type('apply -f -')
    await type('apply -f - --yes', { stdin: file('batch-size: 5') })
    await type('apply -f - --yes', { stdin: file('batch-size: 5') })
    await type('apply -f - --yes --no-wait', { stdin: file('batch-size: 100, batch-window: 5') })
    await type('apply -f - --prune --dry-run --verbose', { stdin: 'name: shop\ntriggers: []\n' })
    await type('apply -f - --yes', { stdin: file('batch-size: 5').replace('shop', 'other') })
  },
  export: async ({ type }) => {
    await type('export')
    await type('wire orders worker --batch-size 100 --batch-window 5 --tag team=orders --yes --quiet')
    await type('export')
    await type('export --format xml')
    await type('export --import')
    await type('export --format cloudformation')
    await type('export --format terraform --with queues --quiet')
    await type('export --format cloudformation --import')
    await type('export --format cdk --import')
    await type('export', { env: nobody })
  },
  policy: async ({ type }) => {
    await type('policy')
    await type('policy orders worker --for role --format json')
  },
  explain: async ({ type }) => {
    await type('explain')
    await type('explain no-dead-letter')
    await type('explain role-lacks-receive-message orders unready')
    await type('explain no-such-thing-at-all')
    await type(`explain 'The security token included in the request is expired'`)
  },
  sandbox: async ({ type }) => {
    await type('sandbox --queue orders --function worker=src/sandbox/demo-handler.mjs', {
      until: 'Stop it',
    })
    await type('sandbox --function worker')
    await type('sandbox --')
    await type('sandbox --slow --instant')
  },
  completion: async ({ type }) => {
    await type('completion')
    await type('completion tcsh')
    await type('completion fish')
  },
}
