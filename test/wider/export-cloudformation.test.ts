import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import cloudFormation from '../../src/export/cloudformation.js'
import { describe as describeWorld } from '../../src/export/describe.js'
import sam from '../../src/export/sam.js'
import { fullWorld, plainWorld } from '../export/export-worlds.js'
import { findProgram, run } from '../support/run-command.js'
import { here, resolved } from './resolved-template.js'

const cfnLint = await findProgram('cfn-lint')
const env = { HOME: process.env.HOME }

/** The reader of templates that comes with cfn-lint, and the transform that CloudFormation runs for SAM. */
const python = async (script: string) => (await run('python3', ['-c', script], { env })).code === 0
const reads = await python('from cfnlint.decode import cfn_yaml')
const transforms = await python('from cfnlint.decode import cfn_yaml; import samtranslator')

function saved(texts: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  })
}

async function parsed(text: string, script = 'print(json.dumps(template))') {
  const read = `import json, sys; from cfnlint.decode import cfn_yaml; template = cfn_yaml.load(sys.argv[1]); ${script}`
  const ran = await run('python3', ['-c', read, ...saved({ 'template.yaml': text })], { env })
  expect(ran, ran.stderr).toMatchObject({ code: 0 })
  return JSON.parse(ran.stdout)
}

const parameters = Object.fromEntries(
  describeWorld(fullWorld).parameters.map(({ id, here: value }) => [id, value]),
)
const names = { ...here, ...parameters }

test.skipIf(cfnLint === undefined)(
  'CloudFormation and SAM pass cfn-lint without a word (skipped where it is not installed)',
  async () => {
    const paths = saved({
      'plain.yaml': cloudFormation.write(plainWorld).text,
      'full.yaml': cloudFormation.write(fullWorld).text,
      'queues.yaml': cloudFormation.write(fullWorld, { withQueues: true }).text,
      'queues-sam.yaml': sam.write(fullWorld, { withQueues: true }).text,
      'plain-sam.yaml': sam.write(plainWorld).text,
      'full-sam.yaml': sam.write(fullWorld).text,
    })
    const lint = await run(cfnLint ?? '', paths, { env })
    expect(lint).toMatchObject({ code: 0, stdout: '' })
  },
)

describe.skipIf(!reads)('read back by the parser of cfn-lint (skipped where python3 has none)', () => {
  test('the template holds every resource, hostile texts included, as it was described', async () => {
    const template = await parsed(cloudFormation.write(fullWorld).text)
    const { resources } = describeWorld(fullWorld)
    for (const { id, type, properties, existing, dependsOn } of resources) {
      const { Type, Properties, Condition, DependsOn, Metadata, DeletionPolicy } = template.Resources[id]
      expect({ Type, DeletionPolicy }).toEqual({ Type: type, DeletionPolicy: 'Retain' })
      expect(Condition).toBe(existing === undefined ? 'CreateRolePolicies' : undefined)
      const policy = resources.find((one) => one.id === dependsOn)
      expect(DependsOn).toBe(policy?.existing && dependsOn)
      // Made or left out by a condition, which DependsOn cannot have.
      const after = { 'Fn::If': ['CreateRolePolicies', { Ref: dependsOn }, { Ref: 'AWS::NoValue' }] }
      expect(Metadata).toEqual(policy && !policy.existing ? { After: after } : undefined)
      delete template.Resources[id].Metadata
      expect(resolved(Properties, names)).toEqual(resolved(properties, names))
    }
    expect(JSON.stringify(resolved(template.Resources, names))).not.toContain('Fn::')
  })

  test('what is resolved leads back to the mappings', async () => {
    const template = await parsed(cloudFormation.write(fullWorld).text)
    for (const resource of Object.values<{ Metadata?: object }>(template.Resources)) delete resource.Metadata
    const mappings = Object.values(
      resolved(template.Resources, names) as Record<string, Record<string, unknown>>,
    )
      .filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => Properties as Record<string, unknown>)
    expect(mappings.map(({ EventSourceArn, FunctionName }) => [EventSourceArn, FunctionName])).toEqual(
      fullWorld.mappings.map(({ mapping }) => [mapping.queueArn, mapping.functionArn]),
    )
    expect(mappings.map(({ FilterCriteria }) => FilterCriteria)).toEqual(
      fullWorld.mappings.map(({ mapping: { filters = [] } }) =>
        filters.length === 0 ? undefined : { Filters: filters.map((Pattern) => ({ Pattern })) },
      ),
    )
  })
})

test.skipIf(!transforms)(
  'the transform of SAM makes the mappings under the names that the import gives (skipped where python3 has it not)',
  async () => {
    const { text, takeover } = sam.write(fullWorld)
    const template = await parsed(
      // The transform looks up managed policies, and takes code from a bucket only.
      text.replaceAll(/CodeUri: .*/g, 'CodeUri: "s3://bucket/key"'),
      [
        'from samtranslator.translator.transform import transform',
        'from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader',
        'class Policies:',
        '    def load(self): return {}',
        'import os; os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"',
        'print(json.dumps(transform(json.loads(json.dumps(template)), {}, Policies())))',
      ].join('\n'),
    )
    const imported: readonly { readonly LogicalResourceId: string }[] = JSON.parse(takeover?.text ?? '[]')
    const made = Object.entries<{
      readonly Type: string
      readonly DeletionPolicy: string
      readonly Properties: { readonly FunctionName: { readonly Ref: string } }
    }>(template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping')
    expect(made.map(([id]) => id).toSorted()).toEqual(
      imported.map(({ LogicalResourceId: id }) => id).toSorted(),
    )
    expect(new Set(made.map(([, { DeletionPolicy }]) => DeletionPolicy))).toEqual(new Set(['Retain']))
    // The policies are part of the role, the function names the role, and the mapping the function: nothing to add.
    for (const [id, mapping] of made) {
      const { FunctionName } = mapping.Properties
      const called = FunctionName.Ref
      const resource = template.Resources[called]
      const aliased = resource.Type === 'AWS::Lambda::Alias' ? resource.Properties.FunctionName.Ref : called
      const [role] = template.Resources[aliased].Properties.Role['Fn::GetAtt']
      expect(template.Resources[role].Properties.Policies.length, id).toBeGreaterThan(0)
    }
  },
)
