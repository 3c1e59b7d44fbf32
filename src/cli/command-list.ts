import type { AnyCommand } from './define-command.js'

/** Enough of a command to list and to suggest it; the command itself is loaded when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<{ readonly default: AnyCommand }>
}

/** In the order of the help: the way a newcomer goes. */
export const commandList: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'Tell the whole story on this machine, without an AWS account',
    load: () => import('./commands/demo.js'),
  },
  {
    name: 'quickstart',
    summary: 'Make a whole trigger from nothing, and prove that it works',
    load: () => import('./commands/quickstart.js'),
  },
  {
    name: 'wire',
    summary: 'Connect a queue to a function: check, create, wait, prove',
    load: () => import('./commands/wire.js'),
  },
  {
    name: 'preflight',
    summary: 'Check whether a queue can be connected to a function, and why not',
    load: () => import('./commands/preflight.js'),
  },
  {
    name: 'list',
    summary: 'List the mappings of queues to functions',
    load: () => import('./commands/list.js'),
  },
  {
    name: 'audit',
    summary: 'Find what is wrong with all mappings of accounts and Regions',
    load: () => import('./commands/audit.js'),
  },
  {
    name: 'status',
    summary: 'Show one mapping, its settings, its queue, and what is wrong now',
    load: () => import('./commands/status.js'),
  },
  {
    name: 'wait',
    summary: 'Wait for a state of a mapping, or until its queue is empty',
    load: () => import('./commands/wait.js'),
  },
  {
    name: 'send',
    summary: 'Send test messages to a queue, and prove what became of them',
    load: () => import('./commands/send.js'),
  },
  {
    name: 'logs',
    summary: 'Show the log of the function behind a mapping',
    load: () => import('./commands/logs.js'),
  },
  {
    name: 'redrive',
    summary: 'Move dead letters back to their queue, and watch how it goes on',
    load: () => import('./commands/redrive.js'),
  },
  {
    name: 'update',
    summary: 'Change the settings of a mapping, its function or its queue',
    load: () => import('./commands/update.js'),
  },
  {
    name: 'enable',
    summary: 'Switch a mapping on, and wait until it polls',
    load: () => import('./commands/enable.js'),
  },
  {
    name: 'disable',
    summary: 'Switch a mapping off; its settings and messages stay',
    load: () => import('./commands/disable.js'),
  },
  {
    name: 'unwire',
    summary: 'Delete a mapping; queue and function stay',
    load: () => import('./commands/unwire.js'),
  },
  {
    name: 'rollback',
    summary: 'Undo what --fix changed; without an id, list what can be undone',
    load: () => import('./commands/rollback.js'),
  },
  {
    name: 'plan',
    summary: 'Show what it takes to make the triggers as a file says',
    load: () => import('./commands/plan.js'),
  },
  {
    name: 'apply',
    summary: 'Make the triggers as a file says',
    load: () => import('./commands/apply.js'),
  },
  {
    name: 'export',
    summary: 'Write down the mappings that exist, as a file or as infrastructure code',
    load: () => import('./commands/export.js'),
  },
  {
    name: 'policy',
    summary: 'Print least-privilege policies for role, caller, queue and key',
    load: () => import('./commands/policy.js'),
  },
  {
    name: 'explain',
    summary: 'Explain a rule, or an error of AWS that you paste',
    load: () => import('./commands/explain.js'),
  },
  {
    name: 'sandbox',
    summary: 'Serve a local AWS for your own tools, or run a command inside it',
    load: () => import('./commands/sandbox.js'),
  },
  {
    name: 'completion',
    summary: 'Print what makes a shell complete commands, flags and values',
    load: () => import('./commands/completion.js'),
  },
]
