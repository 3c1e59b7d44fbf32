import { tellWithBoth } from './both-clients.js'
import { logsStory } from './logs-story.js'

tellWithBoth('logs', logsStory)
