import { quickDelays } from '../../../src/sandbox/world.js'
import { tellWithBoth } from './both-clients.js'
import { mappingErrorsStory } from './mapping-errors-story.js'

tellWithBoth('mapping', mappingErrorsStory, {
  // So that a change of a function is under way for a while.
  delays: { ...quickDelays, functionActivation: 3000 },
})
