import {
  GetFunctionCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'
import { createFunction } from './lambda-fixture.js'

async function start() {
  const sandbox = await startTestSandbox()
  const Resource = await createFunction(sandbox)
  const { lambda } = sandbox.admin
  const tag = (Tags: Record<string, string>, arn = Resource) =>
    lambda.send(new TagResourceCommand({ Resource: arn, Tags }))
  const tags = async () => (await lambda.send(new ListTagsCommand({ Resource }))).Tags
  return { sandbox, lambda, Resource, tag, tags }
}

test('tags of a function are added, replaced and removed, and GetFunction shows them', async () => {
  const { lambda, Resource, tag, tags } = await start()
  expect(await tags()).toEqual({})
  expect((await tag({ team: 'blue', stage: 'test' })).$metadata.httpStatusCode).toBe(204)
  await tag({ team: 'red' })
  expect(await tags()).toEqual({ team: 'red', stage: 'test' })
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['stage', 'never-there'] }))
  expect(await tags()).toEqual({ team: 'red' })
  expect((await lambda.send(new GetFunctionCommand({ FunctionName: Resource }))).Tags).toEqual({
    team: 'red',
  })
})

test('50 tags are taken, 51 are refused and leave the others as they were', async () => {
  const { tag, tags } = await start()
  await tag(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, 'x'])))
  await expect(tag({ another: 'x' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Number of tags exceeds resource tag limit.',
    $metadata: { httpStatusCode: 400 },
  })
  expect(Object.keys((await tags()) ?? {})).toHaveLength(50)
})

test('a function that does not exist has no tags', async () => {
  const { Resource, tag } = await start()
  const arn = Resource.replace(/worker$/, 'nobody')
  await expect(tag({ team: 'blue' }, arn)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${arn}`,
    $metadata: { httpStatusCode: 404 },
  })
})

test('versions and aliases have no tags of their own', async () => {
  const { Resource, tag, tags } = await start()
  await expect(tag({ team: 'blue' }, `${Resource}:$LATEST`)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  })
  expect(await tags()).toEqual({})
})

test('who may not tag a function is refused', async () => {
  const { sandbox, Resource, tags } = await start()
  const { lambda } = sandbox.clientsFor({ accessKeyId: 'AKIASANDBOXNOBODY' })
  await expect(
    lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'blue' } })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  await expect(lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team'] }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  expect(await tags()).toEqual({})
})
