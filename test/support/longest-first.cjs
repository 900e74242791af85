/**
 * Jest begins with what took longest the last time. A fresh clone knows no last time, and would go by the size of the
 * files: these are short and wait long, and one that starts last keeps everybody waiting.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const longest =
  /\/test\/(e2e|demo|bench|stack)\/|\/(cli\/cli|workflows\/time|workflows\/operator|ops\/backup)\.test/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => longest.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
