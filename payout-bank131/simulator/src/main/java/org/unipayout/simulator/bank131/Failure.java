package org.unipayout.simulator.bank131;

import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Why a payout or a session failed (reference, section 5.3). */
record Failure(String code, String description) {
    ObjectNode json() {
        return Json.object().put("code", code).put("description", description);
    }
}
