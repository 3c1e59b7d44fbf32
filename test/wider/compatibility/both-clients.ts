import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/start-sandbox.js'
import { startOfTime } from '../../support/sandbox.js'
import { alike } from './alike.js'
import { type AwsCli, cliMissing, startAwsCli } from './aws-cli.js'
import { callWithSdk } from './sdk.js'
import { inputOf, type Members, type Seen, type Step } from './step.js'

const missing = cliMissing()

/**
 * Tells a story twice, each in a sandbox of its own whose clock stands still: with the SDK and with aws-cli. Every answer
 * has to be what is known of AWS's, member by member, and both clients have to read the same from it.
 */
export function tellWithBoth(title: string, story: readonly Step[], options: SandboxOptions = {}): void {
  describe.skipIf(missing !== undefined)(missing ? `${title} (${missing})` : title, () => {
    let cli: AwsCli
    let forCli: Told
    let forSdk: Told

    beforeAll(async () => {
      cli = startAwsCli()
      forCli = await begin(options)
      forSdk = await begin(options)
    })
    afterAll(async () => {
      cli.stop()
      for (const { sandbox } of [forCli, forSdk]) await sandbox.stop()
    })

    test.each(story.map((step, at) => ({ step, title: titleOf(step, at) })))('$title', async ({ step }) => {
      const both = [forCli, forSdk]
      for (const { sandbox } of both) await step.prepare?.(sandbox)
      for (const { sandbox } of both) if (step.later !== undefined) await sandbox.advance(step.later)
      const [fromCli, fromSdk] = await Promise.all([
        cli.call(step, inputOf(step, seenIn(forCli)), forCli.sandbox),
        callWithSdk(step, inputOf(step, seenIn(forSdk)), forSdk.sandbox),
      ])
      if (step.error) {
        const { name, code = name, message = expect.any(String) } = step.error
        const recorded = step.error.message !== undefined
        const [toCli, toSdk] = [alike(fromCli.error, forCli.sandbox), alike(fromSdk, forSdk.sandbox)]
        expect(toSdk, 'the SDK').toEqual({ error: { code: name, message }, recorded })
        expect(toCli, 'aws-cli').toEqual({ code, message })
        return
      }
      const known = { answer: step.answer ?? {} }
      expect(alike(fromSdk, forSdk.sandbox), 'the SDK').toEqual(known)
      const { differences, ...toCli } = fromCli
      expect(alike(toCli, forCli.sandbox), 'aws-cli').toEqual(known)
      expect(differences, 'the raw answer beside its model').toEqual(step.besideTheModel ?? [])
      if (step.keep === undefined) return
      forCli.kept.set(step.keep, fromCli.answer ?? {})
      forSdk.kept.set(step.keep, fromSdk.answer ?? {})
    })
  })
}

/** One of the two tellings. */
interface Told {
  readonly sandbox: Sandbox
  readonly kept: Map<string, Members>
}

async function begin(options: SandboxOptions): Promise<Told> {
  const sandbox = await startSandbox({ running: false, startAt: startOfTime, ...options })
  return { sandbox, kept: new Map() }
}

const seenIn = ({ sandbox, kept }: Told): Seen => ({
  endpoint: sandbox.endpoint,
  text: (word, ...path) => {
    const value = path.reduce<unknown>((at, name) => Object(at)[name], kept.get(word))
    if (typeof value !== 'string') throw new TypeError(`${word}.${path.join('.')} was not kept`)
    return value
  },
})

const titleOf = ({ operation, error }: Step, at: number) =>
  `${at + 1} ${operation}${error ? `: ${error.name}, ${error.message ?? 'in words of its own'}` : ''}`
