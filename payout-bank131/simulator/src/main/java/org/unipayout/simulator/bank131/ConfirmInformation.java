package org.unipayout.simulator.bank131;

import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the bank shows before money leaves a settlement or escrow account, and what the partner sends back on confirm
 * (reference, section 6.1). Which block comes for which payout is not documented; here cards get transfer_details,
 * accounts get account_details.
 */
final class ConfirmInformation {
    private static final String BIK = "044525974";
    private static final String CORRESPONDENT = "30101810145250000974";

    private ConfirmInformation() {}

    static ObjectNode of(Payout payout, Dialect dialect) {
        return payout.kind().internalTransfer()
                ? Json.object().set("transfer_details", transfer(payout, dialect))
                : Json.object().set("account_details", accounts(payout));
    }

    private static ObjectNode transfer(Payout payout, Dialect dialect) {
        ObjectNode inner = Json.child(Json.child(payout.fields(), "payment_details"), "internal_transfer");
        ObjectNode transfer = Json.object();
        transfer.set(
                "customer",
                party(payout.senderAccount(), Json.text(PayoutFields.sender(payout.fields()), "full_name")));
        transfer.set("recipient", party("", recipientName(payout)));
        transfer.put("purpose", Json.text(Json.child(inner, Json.text(inner, "type")), "description"));
        transfer.set("amount", Json.amount(payout.amount(), payout.currency()));
        transfer.set(dialect.instrument(), payout.instrument().shown(false, new Tokens()));
        return transfer;
    }

    private static ObjectNode accounts(Payout payout) {
        ObjectNode sender = PayoutFields.sender(payout.fields());
        ObjectNode recipient = payout.instrument().details();
        ObjectNode accounts = Json.object();
        accounts.set(
                "sender",
                party(payout.senderAccount(), Json.text(sender, "full_name"))
                        .put("inn", Json.text(sender, "beneficiary_id"))
                        .put("kpp", ""));
        accounts.set(
                "recipient",
                party(Json.text(recipient, "account"), recipientName(payout))
                        .put("inn", Json.text(recipient, "inn"))
                        .put("kpp", Json.text(recipient, "kpp")));
        return accounts;
    }

    private static String recipientName(Payout payout) {
        String name = Json.text(payout.instrument().details(), "full_name");
        return name.isEmpty() ? Json.text(PayoutFields.recipient(payout.fields()), "full_name") : name;
    }

    private static ObjectNode party(String account, String name) {
        return Json.object()
                .put("account_number", account)
                .put("name", name)
                .put("bank_name", "Simulated bank")
                .put("bik", BIK)
                .put("correspondent_account_number", CORRESPONDENT);
    }
}
