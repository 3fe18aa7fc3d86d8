from collections import defaultdict

from markupsafe import Markup

from odoo import fields, models

# More at once than this become one activity on the channel: a list nobody can read reminds nobody.
SINGLY = 20


class EcomException(models.Model):
    """Whom an exception reminds: its owner when it opens, the channel's manager when nobody decided in time."""

    _inherit = "ecom.exception"

    def _remind(self):
        """An activity for the owner of each; one on the channel where many came at once."""
        for (channel, user), exceptions in self._by_person(lambda exception: exception.user_id).items():
            if len(exceptions) > SINGLY:
                exceptions._remind_of_many(channel, user)
            else:
                exceptions._remind_of_each(user)

    def _by_person(self, person):
        """{(channel, user): exceptions}, without those that have nobody."""
        groups = defaultdict(self.browse)
        for exception in self:
            user = person(exception)
            if user:
                groups[exception.channel_id, user] += exception
        return groups

    def _remind_of_each(self, user):
        exceptions = self.sudo().with_context(mail_activity_quick_update=True, lang=user.lang)
        for exception in exceptions:
            exception.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=exception._day(user),
                summary=exception.name,
                note=exception.detail or "",
                user_id=user.id,
            )

    def _remind_of_many(self, channel, user):
        channel = channel.sudo().with_context(mail_activity_quick_update=True, lang=user.lang)
        summary = channel.env._("Exceptions of %(channel)s", channel=channel.name)
        known = channel.activity_ids.filtered(lambda activity: activity.user_id == user and activity.summary == summary)
        if not known:
            channel.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self[0]._day(user),
                summary=summary,
                note=channel.env._("Many exceptions came at once; they wait in the list of exceptions."),
                user_id=user.id,
            )

    def _day(self, user):
        """The day of the deadline where its owner lives."""
        moment = self.deadline or fields.Datetime.now()
        return fields.Datetime.context_timestamp(self.with_context(tz=user.tz), moment).date()

    def _pass_activities_on(self):
        """The reminder follows the exception to its new owner."""
        for user, exceptions in self.filtered(lambda exception: exception.state == "open").grouped("user_id").items():
            activities = exceptions.sudo().activity_ids.filtered("automated")
            if not user:
                activities.unlink()
            elif activities:
                activities.with_context(mail_activity_quick_update=True).write({"user_id": user.id})
            else:
                exceptions._remind()

    # ------------------------------------------------------------- escalation
    def _escalate(self):
        """Tell the manager of each channel, once: one mail a channel, an activity for each (or one for many)."""
        for (channel, manager), exceptions in self._by_person(self._manager).items():
            exceptions._mail_manager(channel, manager)
            if len(exceptions) > SINGLY:
                exceptions._remind_of_many(channel, manager)
            else:
                known = exceptions.sudo().activity_ids.grouped("user_id").get(manager, self.env["mail.activity"])
                (exceptions - self.browse(known.mapped("res_id")))._remind_of_each(manager)
        self.sudo().with_context(mail_notrack=True).write({"escalated_at": fields.Datetime.now()})

    @staticmethod
    def _manager(exception):
        channel = exception.channel_id.sudo()
        return channel.manager_id.filtered("active") or channel.responsible_id.filtered("active")

    def _mail_manager(self, channel, manager):
        channel = channel.sudo().with_context(lang=manager.lang)
        first = self[:SINGLY]
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            channel.env._("Nobody decided these in time:"),
            Markup().join(Markup("<li>%s</li>") % exception.name for exception in first),
        )
        channel.message_notify(
            partner_ids=manager.partner_id.ids,
            subject=channel.env._("%(channel)s: %(count)s overdue exceptions", channel=channel.name, count=len(self)),
            body=body,
        )
