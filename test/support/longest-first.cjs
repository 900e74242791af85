/**
 * Jest begins with what took longest the last time. A fresh clone knows no last time, and would go by the size of the
 * files: these are short and wait long, and one that starts last keeps everybody waiting.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const longest = new RegExp(
  [
    '/test/(e2e|bench|stack|simulation)/',
    '/console/(pages|walk|canaries|reach|groups)[.]test',
    '/(http/privacy/two-worlds|hardness/races|cli/(cli|child-first|staying-signed-in))[.]test',
    '/(workflows/(time|operator)|ops/backup)[.]test',
  ].join('|'),
);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => longest.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
