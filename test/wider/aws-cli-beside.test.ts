import { describe, expect, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { findProgram, run } from '../support/run-command.js'

const aws = await findProgram('aws')

describe.skipIf(!aws)(`beside aws-cli (${aws ? 'found' : 'skipped: aws is not on PATH'})`, () => {
  // aws-cli 1.x ignores AWS_ENDPOINT_URL for SQS, so the endpoint is always said.
  const cli = async (journey: Journey, ...args: string[]) => {
    const all = [...args, '--endpoint-url', journey.endpoint, '--output', 'json']
    const { code, stdout, stderr } = await run(aws ?? '', all, { env: journey.env })
    expect(code, stderr).toBe(0)
    return JSON.parse(stdout)
  }

  test('aws-cli sees the mapping that wire made', async () => {
    const journey = await startJourney()
    const { document } = await journey.json('wire', 'orders', 'worker', '--yes', '--batch-size', '5')
    const { EventSourceMappings } = await cli(
      journey,
      'lambda',
      'list-event-source-mappings',
      '--function-name',
      'worker',
    )
    expect(EventSourceMappings).toMatchObject([
      {
        UUID: document.result.mapping.uuid,
        BatchSize: 5,
        State: 'Enabled',
        EventSourceArn: journey.queueArn('orders'),
      },
    ])
  })

  test('wire recognises the mapping that aws-cli made', async () => {
    const journey = await startJourney()
    const { UUID } = await cli(
      journey,
      ...['lambda', 'create-event-source-mapping', '--function-name', 'worker', '--batch-size', '5'],
      ...['--event-source-arn', journey.queueArn('orders')],
    )
    const { code, document } = await journey.json('wire', 'orders', 'worker', '--yes')
    expect(code).toBe(0)
    expect(document.result).toMatchObject({ outcome: 'unchanged', mapping: { uuid: UUID, batchSize: 5 } })
  })
})
