import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import cdk from '../../src/export/cdk.js'
import { describe as describeWorld } from '../../src/export/describe.js'
import type { ExportWorld } from '../../src/export/export-world.js'
import { camelCase } from '../../src/export/identifiers.js'
import { fullWorld } from '../export/export-worlds.js'
import { installed } from '../support/installed.js'
import { run } from '../support/run-command.js'
import { here, resolved } from './resolved-template.js'

const packages = await installed(
  'aws-cdk-lib@2.276.0',
  'constructs@10.8.1',
  'typescript@5.9.3',
  '@types/node@20',
)

interface Template {
  readonly Resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Compiles the stack with an app of a few lines around it, as strictly as TypeScript can, and synthesises it twice. */
async function synthesised(
  world: ExportWorld,
): Promise<{ readonly whole: Template; readonly first: Template }> {
  const folder = packages ?? ''
  const required = describeWorld(world, { withQueues: true }).parameters.filter(
    (parameter) => parameter.default === undefined,
  )
  const props = Object.fromEntries(required.map(({ id, here: value }) => [camelCase(id), value]))
  writeFileSync(join(folder, 'triggers.ts'), cdk.write(world, { withQueues: true }).text)
  writeFileSync(
    join(folder, 'app.ts'),
    [
      'import { App } from "aws-cdk-lib";',
      'import { SqsTriggers } from "./triggers.js";',
      'const app = new App({ outdir: "out", analyticsReporting: false });',
      `new SqsTriggers(app, "Whole", ${JSON.stringify(props)});`,
      `new SqsTriggers(app, "First", ${JSON.stringify({ ...props, rolePolicies: false })});`,
      'app.synth();',
    ].join('\n'),
  )
  const flags = [
    '--strict',
    '--noUnusedLocals',
    '--skipLibCheck',
    '--target',
    'es2022',
    '--module',
    'nodenext',
  ]
  const tsc = await run('npx', ['--no-install', 'tsc', ...flags, 'app.ts'], { cwd: folder, env: process.env })
  expect(tsc).toMatchObject({ code: 0, stdout: '' })
  expect(await run(process.execPath, ['app.js'], { cwd: folder })).toMatchObject({ code: 0 })
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `out/${name}.template.json`), 'utf8'))
  return { whole: read('Whole'), first: read('First') }
}

// One start of the compiler takes longer than all the rest.
test.skipIf(packages === undefined)(
  'the stack compiles, and synthesises to what exists (skipped where npm has no registry)',
  async () => {
    const { whole, first } = await synthesised(fullWorld)
    const { resources, parameters } = describeWorld(fullWorld, { withQueues: true })
    const names = { ...here, ...Object.fromEntries(parameters.map(({ id, here: value }) => [id, value])) }
    const made = Object.entries(whole.Resources).map(([id, { Type, Properties, DeletionPolicy }]) => ({
      id,
      Type,
      DeletionPolicy,
      Properties: resolved(Properties, names),
    }))
    expect(made).toEqual(
      resources.map(({ id, type, properties }) => ({
        id,
        Type: type,
        DeletionPolicy: 'Retain',
        Properties: resolved(properties, names),
      })),
    )
    const waits = Object.entries(whole.Resources).flatMap(([id, { DependsOn }]) =>
      DependsOn === undefined ? [] : [[id, DependsOn]],
    )
    expect(waits).toEqual(
      resources.flatMap(({ id, dependsOn }) => (dependsOn === undefined ? [] : [[id, [dependsOn]]])),
    )
    // An import must find nothing in the stack that it would have to make.
    const imported: object = JSON.parse(cdk.write(fullWorld, { withQueues: true }).takeover?.text ?? '{}')
    expect(Object.keys(first.Resources)).toEqual(Object.keys(imported))
  },
)
