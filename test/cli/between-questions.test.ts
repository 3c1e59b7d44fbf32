import { expect, test } from 'vitest'
import { betweenQuestions } from '../../src/cli/prompts/between-questions.js'
import type { Prompter } from '../../src/cli/prompts/prompter.js'

const never = () => Promise.reject(new Error('nobody asks this here'))

/** A prompter whose one confirmation is answered, or left, by the test. */
function openQuestion() {
  let answer: (yes: boolean) => void = () => {}
  let leave: (error: Error) => void = () => {}
  const prompter: Prompter = {
    interactive: true,
    confirm: () =>
      new Promise((resolve, reject) => {
        answer = resolve
        leave = reject
      }),
    ask: never,
    pick: never,
    list: never,
  }
  return { ...betweenQuestions(prompter), answer: () => answer(true), leave: () => leave(new Error('left')) }
}

test('what is told during a question is written behind it, in order', async () => {
  const { prompter, tell, answer } = openQuestion()
  const written: string[] = []
  tell(() => written.push('before'))
  const asked = prompter.confirm('Go on?', true).then(() => written.push('answered'))
  tell(() => written.push('first'))
  tell(() => written.push('second'))
  expect(written).toEqual(['before'])
  answer()
  await asked
  tell(() => written.push('after'))
  expect(written).toEqual(['before', 'first', 'second', 'answered', 'after'])
})

test('a question that is left loses nothing either', async () => {
  const { prompter, tell, leave } = openQuestion()
  const written: string[] = []
  const asked = prompter.confirm('Go on?', true)
  tell(() => written.push('told'))
  leave()
  await expect(asked).rejects.toThrow('left')
  expect(written).toEqual(['told'])
})
