import { tellWithBoth } from './both-clients.js'
import { mappingStory } from './mapping-story.js'

tellWithBoth('mapping', mappingStory)
