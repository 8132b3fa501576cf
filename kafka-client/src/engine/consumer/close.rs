use super::ConsumerMachine;
use super::closing::Stage;
use crate::consume::{CommitError, Notice};
use crate::group::Member;
use crate::time::Moment;

impl ConsumerMachine {
    /// Takes the next steps of a close that are possible.
    pub(super) fn close_further(&mut self, now: Moment) {
        let in_no_generation = self.committing().is_none();
        let Some(closing) = &mut self.closing else { return };
        let over = now >= closing.until;
        if closing.stage == Stage::Begin {
            self.fetcher.stop();
            closing.stage = Stage::Commit;
            if let Some(group) = self
                .group
                .as_mut()
                .filter(|_| self.settings.consumer.enable_auto_commit)
            {
                let positions = self.buffer.lock().processed(None);
                group.committer.commit_positions(positions, closing.until);
            }
        }
        if closing.stage == Stage::Commit {
            // Nobody would take the commits: there is nothing to wait for.
            if let Some(group) = self.group.as_mut().filter(|_| in_no_generation) {
                group.fail_commits(&self.settings);
            }
            let committed = self.group.as_ref().is_none_or(|group| group.committer.is_idle());
            if !committed && !over {
                return;
            }
            closing.stage = Stage::Leave;
            if let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) {
                member.leave(closing.leaving, "the consumer was closed");
            }
        }
        let left = self
            .group
            .as_ref()
            .and_then(|group| group.member.as_ref())
            .is_none_or(Member::is_ended);
        if left || over {
            if let Some(group) = &mut self.group {
                group.committer.fail_all(&CommitError::Closed);
                group.lookup.fail_all(&CommitError::Closed);
            }
            self.done = true;
            self.buffer.notify(Notice::Closed);
            if let Some(closing) = self.closing.take()
                && let Some(reply) = closing.reply
            {
                reply.keep(());
            }
        }
    }
}
