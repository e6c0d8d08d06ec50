//! The alphabetic codes of ISO 4217.

/// Whether `code` is one of list one, or of list three, which has those that were withdrawn: incidents are old.
///
/// `XXX` (no currency) and `XTS` (for tests) are left out.
pub(super) fn contains(code: &str) -> bool {
    let Ok(code) = <[u8; 3]>::try_from(code.as_bytes()) else { return false };
    code.iter().all(u8::is_ascii_uppercase)
        && [CURRENT, WITHDRAWN].iter().any(|list| list.split_ascii_whitespace().any(|known| known.as_bytes() == code))
}

/// List one.
const CURRENT: &str = "
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB
    PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
    TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB
    XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG
";

/// List three.
const WITHDRAWN: &str = "
    ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN BRR BUK
    BYB BYR CHC CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP
    HRD HRK IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MAF MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC
    NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN
    UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for code in ["USD", "EUR", "KPW", "DEM", "HRK", "XAU"] {
            assert!(contains(code), "{code}");
        }
        for code in ["usd", "BTC", "XXX", "XTS", "US", "USDT", "", "   ", "É1"] {
            assert!(!contains(code), "{code}");
        }
        let codes = || CURRENT.split_ascii_whitespace().chain(WITHDRAWN.split_ascii_whitespace());
        assert!(codes().all(|code| code.len() == 3));
        let mut all: Vec<_> = codes().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), codes().count(), "a code stands twice");
    }
}
