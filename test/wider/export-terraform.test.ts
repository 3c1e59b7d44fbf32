// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its own placeholders so
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describe as describeWorld } from '../../src/export/describe.js'
import { snakeCase } from '../../src/export/identifiers.js'
import terraform from '../../src/export/terraform.js'
import { fullWorld, hostile, plainWorld } from '../export/export-worlds.js'
import { installed } from '../support/installed.js'
import { findProgram, run } from '../support/run-command.js'

const program = await findProgram('terraform')
/** HashiCorp's own parser, as a package of npm. Neither it nor `fmt` knows what the provider for AWS takes. */
const parser = await installed('@cdktf/hcl2json@0.21.0')

async function parsed(text: string): Promise<Record<string, Record<string, Record<string, unknown>>>> {
  const load = createRequire(import.meta.url)
  return load(join(parser ?? '', 'node_modules/@cdktf/hcl2json')).parse('triggers.tf', text)
}

function saved(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'triggers.tf'), text)
  return folder
}

test.skipIf(program === undefined).each([
  ['one mapping', terraform.write(plainWorld).text],
  ['everything', terraform.write(fullWorld).text],
  ['queues', terraform.write(fullWorld, { withQueues: true }).text],
  ['the imports', terraform.write(fullWorld).takeover?.text ?? ''],
])('%s is as terraform fmt lays it out (skipped where it is not installed)', async (_what, text) => {
  const checked = await run(program ?? '', ['fmt', '-check', '-diff'], { cwd: saved(text) })
  expect(checked).toMatchObject({ code: 0, stdout: '' })
})

test.skipIf(parser === undefined)(
  'it parses: every resource, and every import names one (skipped where npm has no registry)',
  async () => {
    const { text, takeover } = terraform.write(fullWorld)
    const { resources, parameters } = describeWorld(fullWorld)
    const { resource, variable } = await parsed(text)
    const addresses = Object.entries(resource ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    )
    expect(addresses.map((address) => address.split('.')[1]).toSorted()).toEqual(
      resources.map(({ id }) => snakeCase(id)).toSorted(),
    )
    expect(Object.keys(variable ?? {}).toSorted()).toEqual(
      parameters.map(({ id }) => snakeCase(id)).toSorted(),
    )
    const { import: imports } = (await parsed(takeover?.text ?? '')) as Record<string, unknown>
    const targets = (imports as readonly { to: string; id: string }[]).map(({ to, id }) => [
      to.replace(/^\$\{(.*)\}$/, '$1'),
      id,
    ])
    const existing = resources.flatMap(({ existing }) =>
      existing === undefined ? [] : [existing.terraformId],
    )
    expect(targets.map(([, id]) => id)).toEqual(existing)
    for (const [to] of targets) expect(addresses).toContain(to)
  },
)

test.skipIf(parser === undefined)('every setting stands where the provider has it', async () => {
  const { resource } = await parsed(terraform.write(fullWorld).text)
  const mappings = resource?.aws_lambda_event_source_mapping as Record<
    string,
    readonly Record<string, unknown>[]
  >
  const {
    tags,
    filter_criteria: filters,
    event_source_arn: queue,
    depends_on: waits,
    ...rest
  } = mappings.orders_to_order_worker?.[0] ?? {}
  expect({
    tags: typeof tags,
    filters: typeof filters,
    waits,
    queue: String(queue).endsWith(':${var.orders_queue_name}'),
  }).toEqual({
    tags: 'object',
    filters: 'object',
    waits: ['${aws_iam_role_policy.worker_role_reads_orders}'],
    queue: true,
  })
  expect(rest).toEqual({
    function_name: expect.stringMatching(/:function:\$\{var\.order_worker_function_name\}$/),
    enabled: true,
    batch_size: 500,
    maximum_batching_window_in_seconds: 20,
    scaling_config: [{ maximum_concurrency: 7 }],
    function_response_types: ['ReportBatchItemFailures'],
    metrics_config: [{ metrics: ['EventCount'] }],
  })
  expect(mappings.billing_to2nd_worker?.[0]).toMatchObject({
    event_source_arn: '${var.billing_queue_arn}',
    provisioned_poller_config: [{ minimum_pollers: 3, maximum_pollers: 9 }],
  })
  expect(mappings.orders_fifo_to_order_worker_live?.[0]).toMatchObject({
    enabled: false,
    kms_key_arn: '${var.orders_fifo_key_arn}',
  })
})

test.skipIf(program === undefined)(
  'Terraform reads hostile texts as they were (skipped where it is not installed)',
  async () => {
    const { text } = terraform.write(fullWorld)
    const literals = [...text.matchAll(/^ +(?:pattern|"tag \d") += (".*")$/gm)].map(
      ([, literal]) => literal ?? '',
    )
    const filters = fullWorld.mappings.flatMap(({ mapping }) => mapping.filters ?? [])
    expect(literals).toHaveLength(filters.length + hostile.length)
    const folder = saved(
      `locals {\n  all = [\n${literals.map((literal) => `    ${literal},`).join('\n')}\n  ]\n}\n`,
    )
    writeFileSync(join(folder, 'question'), 'base64encode(jsonencode(local.all))\n')
    const { code, stdout } = await run('sh', ['-c', `'${program}' console < question`], { cwd: folder })
    expect(code).toBe(0)
    const json: unknown = JSON.parse(Buffer.from(JSON.parse(stdout), 'base64').toString('utf8'))
    expect(new Set(json as readonly string[])).toEqual(new Set([...filters, ...hostile]))
  },
)
